/** Accounts: what becomes of what identity providers write. */
@NullMarked
package dev.muster.account;

import org.jspecify.annotations.NullMarked;
