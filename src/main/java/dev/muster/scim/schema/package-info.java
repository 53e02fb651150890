/** Schemas, attributes and resource types as data (RFC 7643 §2, §6, §7). Imports only scim.error. */
@NullMarked
package dev.muster.scim.schema;

import org.jspecify.annotations.NullMarked;
