package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.TokenInfo;
import dev.muster.tenant.Tokens;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's tokens: made, shown once, listed without their secrets, revoked. */
@Tag(name = "Tokens", description = "Admin API: what identity providers and products authenticate with")
@Path("/admin/api/tenants/{id}/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensEndpoint {

    private static final Pattern USER_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Tokens tokens;

    TokensEndpoint(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * A token to be made.
     *
     * @param scope {@code scim} (default) or {@code app}
     * @param userId the id of a user: the token is this person's, opens {@code /Me} and nothing else
     * @param expiresAt ISO 8601 with an offset; default a year from now, at most two
     */
    public record NewToken(
            @Nullable String description,
            @Nullable String scope,
            @Nullable String userId,
            @Nullable String expiresAt) {}

    /** A token as it is listed; {@code token} is there only in the answer that made it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TokenView(
            String id,
            @Nullable String token,
            String description,
            String scope,
            @Nullable UUID userId,
            Instant created,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static TokenView of(TokenInfo info, @Nullable String token) {
            return new TokenView(
                    info.id(),
                    token,
                    info.description(),
                    info.scope().keyword(),
                    info.userId(),
                    info.created(),
                    info.expiresAt(),
                    info.lastUsedAt());
        }

        /** Without the token: it must not slip into a log. */
        @Override
        public String toString() {
            return "TokenView[" + id + "]";
        }
    }

    /** The tokens that have not been revoked, oldest first. */
    public record TokenList(List<TokenView> tokens) {}

    /** Makes a token; the answer is the only time that it is shown. */
    @Operation(summary = "Makes a token; the answer is the only time that it is shown")
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> issue(
            @PathParam("id") String tenant, @Nullable NewToken request, @Context RoutingContext routing) {
        NewToken wanted = request == null ? new NewToken(null, null, null, null) : request;
        return tokens.issue(
                        tenant,
                        wanted.description(),
                        NewCredential.scope(wanted.scope()),
                        userId(wanted.userId()),
                        NewCredential.expiry(wanted.expiresAt()))
                .invoke(issued -> OperatorLog.of(routing).token(issued.info().id()))
                .map(issued -> NewCredential.shownOnce(TokenView.of(issued.info(), issued.token())));
    }

    /** Lists tokens. */
    @Operation(summary = "Lists tokens")
    @GET
    public Uni<TokenList> list(@PathParam("id") String tenant) {
        return tokens.list(tenant)
                .map(found -> new TokenList(
                        found.stream().map(info -> TokenView.of(info, null)).toList()));
    }

    /** Revokes a token. */
    @Operation(summary = "Revokes a token")
    @DELETE
    @Path("/{tokenId}")
    public Uni<Response> revoke(
            @PathParam("id") String tenant, @PathParam("tokenId") String tokenId, @Context RoutingContext routing) {
        return tokens.revoke(tenant, tokenId)
                .invoke(() -> OperatorLog.of(routing).token(tokenId))
                .map(done -> Response.noContent().build());
    }

    private static @Nullable UUID userId(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!USER_ID.matcher(text).matches()) {
            throw TenantProblem.invalid("userId", "Must be the id of a user, a UUID in lower case as /Users has it.");
        }
        return UUID.fromString(text);
    }
}
