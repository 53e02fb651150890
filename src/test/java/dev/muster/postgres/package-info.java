/** Tests of the database room, with real processes. */
@NullMarked
package dev.muster.postgres;

import org.jspecify.annotations.NullMarked;
