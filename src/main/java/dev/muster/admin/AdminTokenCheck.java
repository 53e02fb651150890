package dev.muster.admin;

import dev.muster.postgres.StartCheck;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A production server has an admin token of its own. */
@ApplicationScoped
class AdminTokenCheck implements StartCheck {

    private static final int SHORTEST = 16;

    private final AdminConfig config;
    private final LaunchMode mode;

    AdminTokenCheck(AdminConfig config, LaunchMode mode) {
        this.config = config;
        this.mode = mode;
    }

    @Override
    public Uni<Optional<String>> problem() {
        boolean production = mode == LaunchMode.NORMAL && !ConfigUtils.isProfileActive("demo");
        boolean strong =
                config.token().filter(token -> token.length() >= SHORTEST).isPresent();
        return Uni.createFrom()
                .item(
                        production && !strong
                                ? Optional.of(
                                        "muster.admin.token (MUSTER_ADMIN_TOKEN) must be set to at least " + SHORTEST
                                                + " characters that nobody can guess, for example: openssl rand -hex 32")
                                : Optional.empty());
    }
}
