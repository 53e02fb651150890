/** Tests of the packaged server as a process of its own: starts, stops, kills. */
@NullMarked
package dev.muster.packaged;

import org.jspecify.annotations.NullMarked;
