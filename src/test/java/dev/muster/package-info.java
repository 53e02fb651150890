/** Tests of the start, and what tests of every room share. */
@NullMarked
package dev.muster;

import org.jspecify.annotations.NullMarked;
