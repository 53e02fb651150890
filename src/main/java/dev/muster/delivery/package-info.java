/** What has happened to accounts and groups goes to the product: in order, and kept for a while. */
@NullMarked
package dev.muster.delivery;

import org.jspecify.annotations.NullMarked;
