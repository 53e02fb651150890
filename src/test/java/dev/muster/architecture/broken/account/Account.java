package dev.muster.architecture.broken.account;

import dev.muster.architecture.broken.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/** In the room account, looks into delivery, where it must not. */
public class Account {
    @Nullable
    Delivery notBelow;
}
