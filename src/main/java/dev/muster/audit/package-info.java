/** The provisioning log: what identity providers and operators did, why it failed, and what to do about it. */
@NullMarked
package dev.muster.audit;

import org.jspecify.annotations.NullMarked;
