/**
 * Accounts and groups as the product sees them: made of the directory's resources by the tenant's rules, off the request path,
 * in the order of the changes.
 */
@NullMarked
package dev.muster.account;

import org.jspecify.annotations.NullMarked;
