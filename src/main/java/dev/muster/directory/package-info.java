/** The directory: what the identity providers said. Resources, their search index and their memberships, in SQL. */
@NullMarked
package dev.muster.directory;

import org.jspecify.annotations.NullMarked;
