/** What a client may ask for: the configured limits, and the rates of requests and of failed authentication. */
@NullMarked
package dev.muster.limit;

import org.jspecify.annotations.NullMarked;
