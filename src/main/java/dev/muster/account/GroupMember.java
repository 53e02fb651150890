package dev.muster.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member of a group, as the product knows it. */
public sealed interface GroupMember {

    /** A person; {@code id} is the account's. */
    record Person(
            UUID id,
            @Nullable String userName,
            @Nullable String externalId,
            @Nullable String email,
            AccountStatus status)
            implements GroupMember {}

    /** A group in the group. */
    record Group(
            UUID id, @Nullable String displayName, @Nullable String externalId) implements GroupMember {}
}
