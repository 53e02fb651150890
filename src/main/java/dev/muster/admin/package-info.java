/** The Admin API: tenants, their settings and their tokens, for the vendor's operator. */
@NullMarked
package dev.muster.admin;

import org.jspecify.annotations.NullMarked;
