/** The one catalogue of SCIM protocol errors (RFC 7644 §3.12). */
@NullMarked
package dev.muster.scim.error;

import org.jspecify.annotations.NullMarked;
