/** Events: what the product hears, in which order, and for how long. */
@NullMarked
package dev.muster.delivery;

import org.jspecify.annotations.NullMarked;
