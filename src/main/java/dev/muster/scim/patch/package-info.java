/** PATCH (RFC 7644 §3.5.2): parsing into canonical operations, and applying them. */
@NullMarked
package dev.muster.scim.patch;

import org.jspecify.annotations.NullMarked;
