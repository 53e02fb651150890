/** Bulk requests (RFC 7644 §3.7): read, their references to each other, and the order that these ask for. */
@NullMarked
package dev.muster.scim.bulk;

import org.jspecify.annotations.NullMarked;
