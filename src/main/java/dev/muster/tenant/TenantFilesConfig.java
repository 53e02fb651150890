package dev.muster.tenant;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where tenants are declared besides the Admin API. */
@ConfigMapping(prefix = "muster.tenants")
public interface TenantFilesConfig {

    /**
     * A directory of YAML files, such as a mounted ConfigMap: each declares a tenant ({@code id}, {@code displayName}, {@code
     * enabled}, {@code settings}), which is made and kept as the file says.
     */
    Optional<Path> dir();
}
