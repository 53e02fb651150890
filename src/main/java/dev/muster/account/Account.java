package dev.muster.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as the product sees them.
 *
 * @param resourceId the User that it is made of; null where there is none, or none any more
 * @param productId how the product names it, where the product had it before its users were provisioned
 * @param activated whether it has ever been usable: a person who comes back needs no new activation
 * @param kept whether an operator has rejected its deprovisioning; until its user is active again
 * @param version counts the changes, from 1
 * @param deprovisionedAt since when it has not been in use; null while it is
 * @param eraseAt when a blocked account is erased; null for others
 */
public record Account(
        UUID id,
        @Nullable UUID resourceId,
        @Nullable String productId,
        AccountStatus status,
        boolean activated,
        boolean kept,
        Profile profile,
        long version,
        Instant created,
        Instant lastModified,
        @Nullable Instant deprovisionedAt,
        @Nullable Instant eraseAt) {

    /** The same in the eyes of the product and of the rules: all but version and times. */
    boolean sameAs(Account other) {
        return equals(new Account(
                other.id,
                other.resourceId,
                other.productId,
                other.status,
                other.activated,
                other.kept,
                other.profile,
                version,
                created,
                lastModified,
                deprovisionedAt,
                other.eraseAt));
    }

    /** The same with another profile. */
    Account withProfile(Profile other) {
        return new Account(
                id,
                resourceId,
                productId,
                status,
                activated,
                kept,
                other,
                version,
                created,
                lastModified,
                deprovisionedAt,
                eraseAt);
    }

    /** The same, counted as that version. */
    Account withVersion(long other) {
        return new Account(
                id,
                resourceId,
                productId,
                status,
                activated,
                kept,
                profile,
                other,
                created,
                lastModified,
                deprovisionedAt,
                eraseAt);
    }

    /** The same, now that somebody has activated it. */
    Account nowActive() {
        return new Account(
                id,
                resourceId,
                productId,
                AccountStatus.ACTIVE,
                true,
                kept,
                profile,
                version,
                created,
                lastModified,
                deprovisionedAt,
                eraseAt);
    }

    /** The next version. */
    Account changed(Instant now) {
        return new Account(
                id,
                resourceId,
                productId,
                status,
                activated,
                kept,
                profile,
                version + 1,
                created,
                now,
                deprovisionedAt,
                eraseAt);
    }
}
