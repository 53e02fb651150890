/** Resources as canonical JSON documents: canonicalisation, validation, replacement, projection. */
@NullMarked
package dev.muster.scim.resource;

import org.jspecify.annotations.NullMarked;
