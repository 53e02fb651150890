/** The rules of a tenant, one record for each part of its settings document. */
@NullMarked
package dev.muster.tenant.settings;

import org.jspecify.annotations.NullMarked;
