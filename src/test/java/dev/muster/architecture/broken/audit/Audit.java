package dev.muster.architecture.broken.audit;

import dev.muster.architecture.broken.account.Account;
import org.jspecify.annotations.Nullable;

/** In the room audit, looks into account, where it must not. */
public class Audit {
    @Nullable
    Account notBelow;
}
