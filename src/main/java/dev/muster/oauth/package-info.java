/** The token endpoint of a tenant: OAuth 2.0 client credentials (RFC 6749 §4.4) and its metadata (RFC 8414). */
@NullMarked
package dev.muster.oauth;

import org.jspecify.annotations.NullMarked;
