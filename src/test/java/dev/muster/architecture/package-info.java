/** The floors of the house, kept by tests. */
@NullMarked
package dev.muster.architecture;

import org.jspecify.annotations.NullMarked;
