package dev.muster;

import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToIntFunction;

/** A token that was let in while it was good, and has expired since. */
public final class BriefToken {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private BriefToken() {}

    /**
     * Makes one, uses it, and waits until it has expired. Where the machine stood still so long that it had expired before its
     * use was over, another one lives longer.
     *
     * @param use a request with the token; the status of the answer
     */
    public static String expired(String tenant, ToIntFunction<String> use) {
        for (Duration life = Duration.ofSeconds(1); life.compareTo(LONGEST) < 0; life = life.multipliedBy(2)) {
            Instant expiry = Instant.now().plus(life);
            Response made = Api.admin()
                    .body(Map.of("expiresAt", expiry.toString()))
                    .post("/admin/api/tenants/{id}/tokens", tenant);
            String token = made.statusCode() == 201 ? made.path("token") : "";
            int status = use.applyAsInt(token);
            if (Instant.now().isBefore(expiry)) {
                if (status != 200) {
                    throw new AssertionError("refused with " + status + " before it has expired");
                }
                Await.until("the token has expired", () -> Instant.now().isAfter(expiry));
                return token;
            }
        }
        throw new AssertionError("no request is answered within " + LONGEST);
    }
}
