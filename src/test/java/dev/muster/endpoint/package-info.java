/** The SCIM endpoint, as clients of every kind meet it over HTTP. */
@NullMarked
package dev.muster.endpoint;

import org.jspecify.annotations.NullMarked;
