package dev.muster;

import dev.muster.limit.Origin;
import dev.muster.postgres.StorageConfig;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenAuthentication;
import dev.muster.tenant.TokenScope;
import dev.muster.tenant.Tokens;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** In the profiles dev and demo: a ready tenant, its token, and a banner that shows both. */
@ApplicationScoped
class Demonstration {

    private static final Logger LOG = Logger.getLogger("muster");
    private static final String TENANT = "demo";
    private static final String TOKEN_FILE = "demo-token";
    private static final Origin HERE = new Origin("");

    private final Tenants tenants;
    private final Tokens tokens;
    private final TokenAuthentication authentication;
    private final Path dataDirectory;
    private final Optional<String> baseUrl;
    private final Optional<String> adminToken;

    Demonstration(
            Tenants tenants,
            Tokens tokens,
            TokenAuthentication authentication,
            StorageConfig storage,
            @ConfigProperty(name = "muster.base-url") Optional<String> baseUrl,
            @ConfigProperty(name = "muster.admin.token") Optional<String> adminToken) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.authentication = authentication;
        this.dataDirectory = storage.dataDir();
        this.baseUrl = baseUrl;
        this.adminToken = adminToken;
    }

    void show(@ObservesAsync HttpServerStart started) throws Throwable {
        if (!ConfigUtils.isProfileActive("demo") && !ConfigUtils.isProfileActive("dev")) {
            return;
        }
        String token = VertxContextSupport.subscribeAndAwait(this::tenantToken);
        String base = baseUrl.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElse("http://localhost:" + started.options().getPort());
        LOG.info(Banner.of(base, TENANT, token, adminToken.orElse("")));
    }

    private Uni<String> tenantToken() {
        Path file = dataDirectory.resolve(TOKEN_FILE);
        return tenants.create(TENANT, "Demo")
                .onFailure(TenantProblem.class)
                .recoverWithUni(there -> tenants.get(TENANT))
                .chain(() -> kept(file))
                .chain(kept -> kept.map(token -> Uni.createFrom().item(token)).orElseGet(() -> issued(file)));
    }

    /** The token of an earlier start, if it still opens the tenant. */
    private Uni<Optional<String>> kept(Path file) {
        if (!Files.exists(file)) {
            return Uni.createFrom().item(Optional.empty());
        }
        try {
            String token = Files.readString(file).strip();
            return authentication
                    .authenticate(TENANT, token, HERE)
                    .map(finding -> finding.ifValid().map(valid -> token));
        } catch (IOException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Uni<String> issued(Path file) {
        return tokens.issue(TENANT, "demo", TokenScope.SCIM, null, null).map(issued -> {
            try {
                Files.createDirectories(dataDirectory);
                Files.deleteIfExists(file);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, issued.token() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("the demo token cannot be kept in " + file, e);
            }
            return issued.token();
        });
    }
}
