@NullMarked
package dev.muster.limit;

import org.jspecify.annotations.NullMarked;
