/**
 * Targets for fuzzing the kernel: each takes bytes, and fails on anything but an answer or a {@code ScimException}. They are
 * plain methods, so that the ordinary suite replays the corpus without a fuzzer (docs/testing.md).
 */
@NullMarked
package dev.muster.scim.fuzz;

import org.jspecify.annotations.NullMarked;
