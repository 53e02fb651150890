package dev.muster.tenant.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * A JSON Web Token by which a client proves that it has the private half of one of its keys (RFC 7523 §2.2 and §3): signed,
 * from the client and about it, for this server, valid for an hour at most, and used once.
 *
 * @param jtiHash SHA-256 of its id
 */
record ClientAssertion(byte[] jtiHash, Instant expiresAt) {

    /** What assertions may be signed with; no algorithm that shares a secret, and not {@code none}. */
    static final List<String> ALGORITHMS = List.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    private static final int LONGEST = 8_192;
    private static final int LONGEST_VALIDITY_MINUTES = 60;
    private static final int CLOCK_SKEW_SECONDS = 30;

    private static final JwtConsumer UNVERIFIED = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setSkipSignatureVerification()
            .setDisableRequireSignature()
            .build();

    /** Why an assertion is not accepted, in words for the log: of the assertion it repeats nothing. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    /** The client that the assertion says it is of, before anything of it has been verified. */
    static Optional<String> claimedClient(String jwt) {
        if (jwt.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(UNVERIFIED.processToClaims(jwt).getSubject());
        } catch (InvalidJwtException | MalformedClaimException e) {
            return Optional.empty();
        }
    }

    /**
     * Verifies all of it but that it has not been used.
     *
     * @param audiences what it may be for, by either of which this server is meant
     */
    static ClientAssertion verified(String jwt, String clientId, ClientKeys keys, Set<String> audiences, Instant now)
            throws Refused {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(keys.keys());
        resolver.setDisambiguateWithVerifySignature(true);
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes(LONGEST_VALIDITY_MINUTES)
                .setRequireJwtId()
                .setExpectedIssuer(clientId)
                .setExpectedSubject(clientId)
                .setExpectedAudience(audiences.toArray(String[]::new))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
                .setVerificationKeyResolver(resolver)
                .build();
        try {
            JwtClaims claims = consumer.processToClaims(jwt);
            return new ClientAssertion(
                    hash(claims.getJwtId()),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plusSeconds(CLOCK_SKEW_SECONDS));
        } catch (InvalidJwtException invalid) {
            throw new Refused(reason(invalid));
        } catch (MalformedClaimException malformed) {
            throw new Refused("The assertion has a claim of the wrong type.");
        }
    }

    private static String reason(InvalidJwtException invalid) {
        if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "The assertion has expired.";
        }
        if (invalid.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)
                || invalid.hasErrorCode(ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE)) {
            return "The assertion must expire (exp) within " + LONGEST_VALIDITY_MINUTES + " minutes.";
        }
        if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The assertion's audience (aud) is neither the issuer in this server's metadata nor its token endpoint.";
        }
        if (invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID)
                || invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING)
                || invalid.hasErrorCode(ErrorCodes.SUBJECT_INVALID)) {
            return "The assertion's issuer (iss) and subject (sub) must both be the client's id.";
        }
        if (invalid.hasErrorCode(ErrorCodes.JWT_ID_MISSING)) {
            return "The assertion has no id (jti).";
        }
        if (invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "The assertion is not valid yet: see the clocks of both sides.";
        }
        return "The assertion is no JSON Web Token that one of the client's keys has signed.";
    }

    private static byte[] hash(String jti) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(jti.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
