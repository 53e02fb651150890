/** Tenants, their settings and their tokens. */
@NullMarked
package dev.muster.tenant;

import org.jspecify.annotations.NullMarked;
