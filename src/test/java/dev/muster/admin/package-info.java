/** Tests of the Admin API over HTTP. */
@NullMarked
package dev.muster.admin;

import org.jspecify.annotations.NullMarked;
