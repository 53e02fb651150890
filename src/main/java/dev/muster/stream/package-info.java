/** Response bodies that are produced while they are sent. */
@NullMarked
package dev.muster.stream;

import org.jspecify.annotations.NullMarked;
