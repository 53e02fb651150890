package dev.muster.tenant.client;

import java.util.Optional;

/** What a client shows to be the one that it says it is (RFC 6749 §2.3, RFC 7523 §2.2). */
public sealed interface ClientProof {

    /** The client's id and one of its secrets, as they were sent. */
    record Secret(String clientId, String secret) implements ClientProof {

        /** Without the secret: it must not slip into a log. */
        @Override
        public String toString() {
            return "Secret[" + clientId + "]";
        }
    }

    /** A JSON Web Token that the client has signed. */
    record Assertion(String jwt) implements ClientProof {

        /** The client that the assertion says it is of; empty where it can be none. */
        public Optional<String> clientId() {
            return ClientAssertion.claimedClient(jwt);
        }

        /** Without the token: it must not slip into a log. */
        @Override
        public String toString() {
            return "Assertion[]";
        }
    }
}
