/** Tests of the provisioning log. */
@NullMarked
package dev.muster.audit;

import org.jspecify.annotations.NullMarked;
