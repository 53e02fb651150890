/** Tests of the directory; those of filters run on a real PostgreSQL. */
@NullMarked
package dev.muster.directory;

import org.jspecify.annotations.NullMarked;
