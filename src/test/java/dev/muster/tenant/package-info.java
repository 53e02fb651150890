/** Tests of tenants, settings and tokens without a server. */
@NullMarked
package dev.muster.tenant;

import org.jspecify.annotations.NullMarked;
