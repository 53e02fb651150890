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

/** In the profiles dev and demo: a ready tenant, its tokens, and a banner that shows them. */
@ApplicationScoped
class Demonstration {

    private static final Logger LOG = Logger.getLogger("muster");
    private static final String TENANT = "demo";
    private static final String TOKEN_FILE = "demo-token";
    private static final String PRODUCT_TOKEN_FILE = "demo-app-token";
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
        String token = VertxContextSupport.subscribeAndAwait(() -> token(TOKEN_FILE, TokenScope.SCIM));
        String productToken = VertxContextSupport.subscribeAndAwait(() -> token(PRODUCT_TOKEN_FILE, TokenScope.APP));
        String base = baseUrl.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElse("http://localhost:" + started.options().getPort());
        LOG.info(Banner.of(base, TENANT, token, productToken, adminToken.orElse("")));
    }

    private Uni<String> token(String fileName, TokenScope scope) {
        Path file = dataDirectory.resolve(fileName);
        return tenants.create(TENANT, "Demo")
                .onFailure(TenantProblem.class)
                .recoverWithUni(there -> tenants.get(TENANT))
                .chain(() -> kept(file))
                .chain(kept -> kept.map(token -> Uni.createFrom().item(token)).orElseGet(() -> issued(file, scope)));
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

    private Uni<String> issued(Path file, TokenScope scope) {
        return tokens.issue(TENANT, "demo", scope, null, null).map(issued -> {
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
