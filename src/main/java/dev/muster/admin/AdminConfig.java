package dev.muster.admin;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may use the Admin API. */
@ConfigMapping(prefix = "muster.admin")
public interface AdminConfig {

    /**
     * The admin token: {@code Authorization: Bearer <token>} opens {@code /admin/api}. At least 16 characters; in dev and demo
     * it is {@code admin} unless set. A production server does not start without it.
     */
    Optional<String> token();
}
