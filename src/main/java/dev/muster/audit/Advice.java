package dev.muster.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about an error: the one catalogue, in sentences for whoever runs the identity provider or Muster. */
public enum Advice {
    TOKEN_EXPIRED(
            "The identity provider still sends a token that has expired: make a new one (Admin API, tokens) and put it"
                    + " into the provisioning settings of the identity provider."),
    ACCESS_TOKEN_EXPIRED(
            "The client still sends an access token that has expired: it must ask the token endpoint for another one before"
                    + " expires_in seconds are over. See whether its client secret is still valid (Admin API, clients)."),
    TOKEN_REVOKED(
            "The identity provider still sends a token that was revoked: make a new one (Admin API, tokens) and put it"
                    + " into the provisioning settings of the identity provider."),
    TOKEN_UNKNOWN(
            "Compare the Tenant URL and the secret token in the identity provider with those of this tenant; make a new"
                    + " token if the old one is lost. If nobody knows the sender, somebody is guessing."),
    CLIENT_REFUSED(
            "Compare the client id and the client secret, or the key, in the identity provider with those of this tenant"
                    + " (Admin API, clients). If nobody knows the sender, somebody is guessing."),
    CLIENT_SECRET_EXPIRED(
            "Make another secret of the client (Admin API, clients), and put it into the provisioning settings of the"
                    + " identity provider; the old one can be revoked then."),
    CLIENT_SCOPE(
            "Let the client ask for the scope that it was made with, or for none; or make another client with the scope"
                    + " that is wanted."),
    TOKEN_MISSING("Enter the secret token in the provisioning settings of the identity provider."),
    WRONG_SCOPE("Make a token with the scope scim for the identity provider; this one is for the product."),
    TENANT_CLOSED("Open the tenant's endpoint again (Admin API: \"enabled\": true) when provisioning shall go on."),
    ALREADY_THERE(
            "Somebody has this value already: find the entry by person, and see whether it is the same person. If so,"
                    + " let the identity provider match by this attribute; if not, give one of the two another value."),
    REQUIRED_MISSING(
            "Map the required attribute in the identity provider, and see that it has a value for this person."),
    VALUE_NOT_TAKEN(
            "Correct the value of the attribute that the reason names, in the identity provider or in its attribute"
                    + " mapping; a closed list can be extended in the tenant's settings."),
    MEMBER_UNKNOWN(
            "Assign the member to the application as well, so that it is provisioned before the group; then provision"
                    + " the group again."),
    OUTSIDE_SCOPE(
            "Take this person out of what the identity provider provisions, or correct the attribute that the reason"
                    + " names; or widen the scope in the tenant's settings."),
    READ_ONLY("Take the attribute that the reason names out of the attribute mapping: it cannot be set from outside."),
    NO_ATTRIBUTE(
            "Correct the attribute's name in the attribute mapping, or declare the attribute in the tenant's settings"
                    + " (schemas)."),
    FILTER_NOT_TAKEN(
            "Match by userName or externalId in the identity provider; the reason says what is wrong with the filter."),
    NO_TARGET("The identity provider changes a value that is not there: let it provision the whole person anew."),
    NOT_UNDERSTOOD("The request is not SCIM as RFC 7644 has it: the reason says where. With conformance compat more is"
            + " understood; else tell the maker of the client."),
    NOT_THERE(
            "The identity provider knows an id that is not here any more: let it provision the person anew, so that it is"
                    + " matched or created again."),
    CHANGED_MEANWHILE(
            "Nothing: somebody else changed the resource in between, and the client reads it again and retries."),
    WRONG_ADDRESS(
            "Compare the Tenant URL in the identity provider with the one of this tenant: it ends with /scim/v2."),
    TOO_LARGE("Send less at once, such as fewer members in a request; or raise quarkus.http.limits.max-body-size."),
    WRONG_MEDIA_TYPE("Let the client send Content-Type: application/scim+json in UTF-8."),
    TOO_MANY_REQUESTS("Nothing, if it is rare: the client waits and tries again. Else let it send less at once."),
    SERVER(
            "Nothing is wrong with the request: look for the request id in the server's log. The identity provider tries again."),
    UNAVAILABLE("The database could not be reached: see that it runs. The identity provider tries again."),
    BROKEN_OFF(
            "The client or a proxy in between has closed the connection: see whether its time limit is too short. What was"
                    + " asked for has been done."),
    NOT_LOGGED("See that the database keeps up with the log; metrics: muster_log_dropped_total, muster_log_queued."),
    OTHER("The reason says what is wrong with the request.");

    private final String sentence;

    Advice(String sentence) {
        this.sentence = sentence;
    }

    /** What to do. */
    public String sentence() {
        return sentence;
    }

    /**
     * The advice for an error.
     *
     * @param scimType null where the error has none
     * @param reason the error's detail, which names the attribute
     */
    static Advice of(int status, @Nullable String scimType, String reason) {
        return scimType == null ? ofStatus(status, reason) : ofType(scimType, reason);
    }

    /** The advice with that name; empty for one that another version of Muster has written. */
    static Optional<Advice> named(String name) {
        for (Advice advice : values()) {
            if (advice.name().equals(name)) {
                return Optional.of(advice);
            }
        }
        return Optional.empty();
    }

    private static Advice ofType(String scimType, String reason) {
        return switch (scimType) {
            case "uniqueness" -> ALREADY_THERE;
            case "invalidValue" -> ofValue(reason);
            case "mutability" -> reason.contains("required") ? REQUIRED_MISSING : READ_ONLY;
            case "invalidPath" -> NO_ATTRIBUTE;
            case "invalidFilter" -> FILTER_NOT_TAKEN;
            case "noTarget" -> NO_TARGET;
            case "invalidSyntax" -> reason.contains("has no attribute") ? NO_ATTRIBUTE : NOT_UNDERSTOOD;
            case "tooMany" -> TOO_LARGE;
            default -> OTHER;
        };
    }

    private static Advice ofValue(String reason) {
        if (reason.contains("is required")) {
            return REQUIRED_MISSING;
        }
        return reason.contains("members: there is no") ? MEMBER_UNKNOWN : VALUE_NOT_TAKEN;
    }

    private static Advice ofStatus(int status, String reason) {
        return switch (status) {
            case 401 -> TOKEN_UNKNOWN;
            case 403 -> reason.contains("endpoint manages") ? OUTSIDE_SCOPE : OTHER;
            case 404 -> reason.contains("with this id") ? NOT_THERE : WRONG_ADDRESS;
            case 405 -> WRONG_ADDRESS;
            case 412 -> CHANGED_MEANWHILE;
            case 413, 414, 431 -> TOO_LARGE;
            case 415 -> WRONG_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? SERVER : OTHER;
        };
    }
}
