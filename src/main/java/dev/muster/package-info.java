/** Muster's entry point: what happens before the server starts. */
@NullMarked
package dev.muster;

import org.jspecify.annotations.NullMarked;
