package dev.muster.delivery;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that has happened to an account or a group.
 *
 * @param sequence its place among the events of the tenant, from 1, without a gap
 * @param type such as {@code account.created}
 * @param data JSON: the account or group as it was then, and what has changed; empty where the person has been erased since
 */
public record DeliveredEvent(
        long sequence,
        UUID id,
        String type,
        Instant time,
        @JsonRawValue String data) {}
