package dev.muster.architecture.broken.scim;

import dev.muster.architecture.broken.postgres.Postgres;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** In the room scim, looks into postgres, where it must not. */
public class Scim {
    @Nullable
    Postgres notBelow;

    Uni<String> framework = Uni.createFrom().nullItem();
}
