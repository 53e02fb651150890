package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to an account or a group, for the product.
 *
 * @param type such as {@code account.created}
 * @param subject the account or group; null where it is about the tenant
 * @param data what the product has to know
 */
record AccountEvent(String type, @Nullable UUID subject, ObjectNode data) {}
