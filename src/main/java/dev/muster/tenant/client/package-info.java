/** OAuth 2.0 clients of tenants: what they prove themselves with, and what they are granted. */
@NullMarked
package dev.muster.tenant.client;

import org.jspecify.annotations.NullMarked;
