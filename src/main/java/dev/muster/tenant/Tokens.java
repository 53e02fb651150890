package dev.muster.tenant;

import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Issues, lists and revokes the tokens of tenants. */
@ApplicationScoped
public class Tokens {

    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(365);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(731);
    private static final int LONGEST_DESCRIPTION = 200;

    private final TenantDatabase database;
    private final TokenRepository repository;
    private final Tenants tenants;
    private final TokenAuthentication authentication;

    Tokens(TenantDatabase database, TokenRepository repository, Tenants tenants, TokenAuthentication authentication) {
        this.database = database;
        this.repository = repository;
        this.tenants = tenants;
        this.authentication = authentication;
    }

    /**
     * Makes a token.
     *
     * @param userId the id of the user whose token it is, which opens {@code /Me} and nothing else; null for one that is no
     *     person's
     * @param expiresAt null: a year from now; at most two years from now
     */
    public Uni<IssuedToken> issue(
            String tenant,
            @Nullable String description,
            TokenScope scope,
            @Nullable UUID userId,
            @Nullable Instant expiresAt) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant expiry = expiresAt == null ? now.plus(DEFAULT_LIFETIME) : expiresAt.truncatedTo(ChronoUnit.MICROS);
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(LONGEST_LIFETIME))) {
            throw TenantProblem.invalid("expiresAt", "Must lie in the future, at most two years from now.");
        }
        if (userId != null && scope != TokenScope.SCIM) {
            throw TenantProblem.invalid("userId", "Goes with the scope scim: it opens /Me of the SCIM endpoint.");
        }
        String text = checkedDescription(description);
        TokenSecret secret = TokenSecret.generate();
        TokenEntity row = new TokenEntity(
                new TokenEntity.Key(tenant, secret.id()), secret.hash(), text, scope.keyword(), userId, now, expiry);
        return tenants.get(tenant)
                .chain(() -> database.session(tenant, () -> repository.persistAndFlush(row)))
                .map(stored -> new IssuedToken(info(stored), secret.reveal()));
    }

    /** The tenant's tokens that have not been revoked, oldest first; expired ones too. */
    public Uni<List<TokenInfo>> list(String tenant) {
        return tenants.get(tenant)
                .chain(() -> database.session(tenant, () -> repository.ofTenant(tenant)))
                .map(rows -> rows.stream().map(Tokens::info).toList());
    }

    /** Revokes a token: refused here from now on, on every replica within {@link TokenAuthentication#STALENESS}. */
    public Uni<Void> revoke(String tenant, String tokenId) {
        if (tokenId.indexOf('\0') >= 0) {
            throw noSuchToken();
        }
        TokenEntity.Key key = new TokenEntity.Key(tenant, tokenId);
        return tenants.get(tenant)
                .chain(() -> database.session(
                        tenant,
                        () -> repository.findById(key).invoke(row -> {
                            if (row == null || row.revokedAt != null) {
                                throw noSuchToken();
                            }
                            row.revokedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
                        })))
                .invoke(() -> authentication.forget(key))
                .replaceWithVoid();
    }

    /** What a credential is for, in the operator's words; empty where nothing is said. */
    public static String checkedDescription(@Nullable String description) {
        String text = description == null ? "" : description;
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw TenantProblem.invalid(
                    "description", "Must have at most " + LONGEST_DESCRIPTION + " characters, and no NUL.");
        }
        return text;
    }

    private static TenantProblem noSuchToken() {
        return TenantProblem.notFound("The tenant has no such token.");
    }

    private static TokenInfo info(TokenEntity row) {
        return new TokenInfo(
                row.key.id(),
                row.description,
                TokenScope.of(row.scope).orElseThrow(),
                row.userId,
                row.created,
                row.expiresAt,
                row.lastUsedAt);
    }
}
