/** SCIM over HTTP: the JAX-RS resources, authentication, content types, and what a resource looks like in a response. */
@NullMarked
package dev.muster.endpoint;

import org.jspecify.annotations.NullMarked;
