package dev.muster.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where Muster keeps what it keeps itself. */
@ConfigMapping(prefix = "muster")
public interface StorageConfig {

    /**
     * The directory of the embedded PostgreSQL, its credentials and, in dev and demo, the token of the demo tenant. One server
     * at a time uses it; it is made with mode 700.
     */
    @WithDefault(".muster")
    Path dataDir();
}
