/** Protocol messages: list responses, search requests, discovery documents. */
@NullMarked
package dev.muster.scim.message;

import org.jspecify.annotations.NullMarked;
