/** Filter and path grammar (RFC 7644 §3.4.2.2, §3.10), resolved against a resource type. */
@NullMarked
package dev.muster.scim.filter;

import org.jspecify.annotations.NullMarked;
