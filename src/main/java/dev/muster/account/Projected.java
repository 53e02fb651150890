package dev.muster.account;

/**
 * What the rules make of a user.
 *
 * @param enabled whether the identity provider lets the person in: {@code active} is not false
 * @param departmentUnknown whether the user's department is one for which the account has to wait
 */
record Projected(Profile profile, boolean enabled, boolean departmentUnknown) {}
