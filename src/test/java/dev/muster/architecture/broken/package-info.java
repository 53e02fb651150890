/** A house that breaks every rule, so that {@code ArchitectureTest} can see each of them bite. */
@NullMarked
package dev.muster.architecture.broken;

import org.jspecify.annotations.NullMarked;
