/** Bodies that are read or written piece by piece. */
@NullMarked
package dev.muster.stream;

import org.jspecify.annotations.NullMarked;
