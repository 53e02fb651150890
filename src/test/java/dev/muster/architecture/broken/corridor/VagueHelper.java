package dev.muster.architecture.broken.corridor;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** In no room, and with everything else that the rules forbid. */
public class VagueHelper {
    @Inject
    @Nullable
    Pool pool;

    /** Logs and prints as it must not. */
    public void log() {
        Logger.getLogger("broken").info("forbidden");
        System.out.println("forbidden");
    }
}
