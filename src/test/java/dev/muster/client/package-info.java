/** SCIM clients that others have written, against Muster. */
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;
