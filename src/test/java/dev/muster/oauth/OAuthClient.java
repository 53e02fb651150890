package dev.muster.oauth;

import static io.restassured.RestAssured.given;

import dev.muster.Api;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A client of a tenant's token endpoint, as an identity provider would be one. */
public record OAuthClient(Api api, String id, String secret) {

    static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** One with a secret. */
    public static OAuthClient made(Api api, String body) {
        ValidatableResponse made = Api.admin()
                .body(body)
                .post("/admin/api/tenants/{id}/clients", api.tenant())
                .then()
                .statusCode(201);
        return new OAuthClient(api, made.extract().path("id"), made.extract().path("secrets[0].secret"));
    }

    /** One that proves itself with this key. */
    public static OAuthClient withKey(Api api, PublicJsonWebKey key) {
        String made = Api.admin()
                .body("{\"jwks\":" + keySet(key) + "}")
                .post("/admin/api/tenants/{id}/clients", api.tenant())
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new OAuthClient(api, made, "");
    }

    static String keySet(PublicJsonWebKey key) {
        return "{\"keys\":[" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}";
    }

    /** A key pair of a client. */
    public static PublicJsonWebKey newKey(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path of the Admin API at which operators manage it. */
    String adminPath() {
        return "/admin/api/tenants/" + api.tenant() + "/clients/" + id;
    }

    String issuer() {
        return "http://localhost:" + RestAssured.port + "/t/" + api.tenant();
    }

    String tokenPath() {
        return "/t/" + api.tenant() + "/oauth2/token";
    }

    /** Asks for a token with id and secret in the Authorization header. */
    ValidatableResponse byHeader(String itsSecret, String... parameters) {
        var request = given().auth().preemptive().basic(id, itsSecret).formParam("grant_type", "client_credentials");
        for (int i = 0; i < parameters.length; i += 2) {
            request = request.formParam(parameters[i], parameters[i + 1]);
        }
        return request.post(tokenPath()).then();
    }

    /** Asks for a token with these parameters, and the grant type. */
    ValidatableResponse byForm(Map<String, String> parameters) {
        return given().formParam("grant_type", "client_credentials")
                .formParams(parameters)
                .post(tokenPath())
                .then();
    }

    /** Asks for a token with an assertion. */
    public ValidatableResponse byAssertion(String assertion) {
        return byForm(Map.of("client_assertion_type", JWT_BEARER, "client_assertion", assertion));
    }

    /** An access token for its secret. */
    String token() {
        return byHeader(secret).statusCode(200).extract().path("access_token");
    }

    /** Claims as they should be: each time with another id. */
    public JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(id);
        claims.setSubject(id);
        claims.setAudience(issuer());
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setJwtId(UUID.randomUUID().toString());
        return claims;
    }

    /** An assertion. */
    public static String signed(JwtClaims claims, PublicJsonWebKey key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(key.getPrivateKey());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the tenant's SCIM endpoint answers to a token. */
    int scim(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get(api.base() + "/Users?count=1")
                .statusCode();
    }
}
