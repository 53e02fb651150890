/** What identity providers really send, turned into canonical SCIM. Imports scim.error and scim.schema. */
@NullMarked
package dev.muster.scim.dialect;

import org.jspecify.annotations.NullMarked;
