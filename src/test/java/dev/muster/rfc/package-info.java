/** The examples of RFC 7643 and RFC 7644 over real HTTP, by section. */
@NullMarked
package dev.muster.rfc;

import org.jspecify.annotations.NullMarked;
