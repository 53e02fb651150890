package dev.muster.tenant.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.tenant.Fault;
import dev.muster.tenant.TenantProblem;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a client, as a JSON Web Key Set (RFC 7517 §5). They are given to Muster as they are: an address to fetch
 * them from would have the server send requests wherever a tenant's administrator wants.
 *
 * @param keys between one and {@value #MOST}
 */
record ClientKeys(List<JsonWebKey> keys) {

    /** Of each, the one in use and the one that follows, and some to spare. */
    static final int MOST = 10;

    private static final int SHORTEST_RSA_BITS = 2_048;
    private static final int LONGEST_ID = 200;

    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");
    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", "Ed25519");

    /**
     * The keys that an operator gives.
     *
     * @param field where they stand in the request, for the errors
     * @throws TenantProblem that points at what is wrong
     */
    static ClientKeys given(JsonNode set, String field) {
        JsonNode keys = set.path("keys");
        if (!keys.isArray() || keys.isEmpty() || keys.size() > MOST) {
            throw TenantProblem.invalid(
                    field, "Must be a JSON Web Key Set: {\"keys\": [...]} with one to " + MOST + " public keys.");
        }
        List<JsonWebKey> read = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            String fault = fault(keys.get(i), read);
            if (fault == null && !ids.add(String.valueOf(read.getLast().getKeyId()))) {
                fault = "Must have a kid of its own: that is how an assertion says which key it was signed with.";
            }
            if (fault != null) {
                faults.add(new Fault(field + "/keys/" + i, fault));
            }
        }
        if (!faults.isEmpty()) {
            throw TenantProblem.invalid(faults);
        }
        return new ClientKeys(read);
    }

    /** The keys as {@link #json} has written them. */
    static ClientKeys stored(String json) {
        try {
            return new ClientKeys(new JsonWebKeySet(json).getJsonWebKeys());
        } catch (JoseException e) {
            throw new IllegalStateException("stored keys cannot be read", e);
        }
    }

    /** The keys in JSON, without anything that is not needed to verify a signature. */
    String json() {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** What is wrong with a key; null where nothing is, and then it is added to {@code read}. */
    private static @Nullable String fault(JsonNode key, List<JsonWebKey> read) {
        if (PRIVATE.stream().anyMatch(key::has)) {
            return "Holds a private or secret key, which nobody but the client may have: make a new one, and give its"
                    + " public part.";
        }
        if (key.path("use").isTextual() && !key.path("use").textValue().equals("sig")) {
            return "Is not for signatures: use must be sig, or be left out.";
        }
        if (key.path("kid").asText().length() > LONGEST_ID) {
            return "The kid must have at most " + LONGEST_ID + " characters.";
        }
        try {
            PublicJsonWebKey parsed = PublicJsonWebKey.Factory.newPublicJwk(parameters(key));
            if (parsed.getPublicKey() instanceof RSAPublicKey rsa) {
                if (rsa.getModulus().bitLength() < SHORTEST_RSA_BITS) {
                    return "An RSA key must have " + SHORTEST_RSA_BITS + " bits at least.";
                }
            } else if (!CURVES.contains(key.path("crv").asText())) {
                return "The curve must be P-256, P-384, P-521 or Ed25519.";
            }
            read.add(parsed);
            return null;
        } catch (JoseException | RuntimeException e) {
            return "Is no public key of the type RSA, EC or OKP (RFC 7517, RFC 7518 §6, RFC 8037).";
        }
    }

    private static Map<String, Object> parameters(JsonNode key) {
        Map<String, Object> parameters = new HashMap<>();
        for (String name : List.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y")) {
            if (key.path(name).isTextual()) {
                parameters.put(name, key.path(name).textValue());
            }
        }
        return parameters;
    }
}
