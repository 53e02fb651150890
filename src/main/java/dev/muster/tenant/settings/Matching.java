package dev.muster.tenant.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * How a user who comes for the first time is recognised as the owner of an account that is there already.
 *
 * @param by what is compared; an account is linked where all that is found by them is one account
 * @param review what must be confirmed by an operator where nothing else has found the account
 */
public record Matching(List<Key> by, Set<Key> review) {

    /** What accounts and users are compared by. */
    public enum Key {
        /** {@code externalId}, with regard to case. */
        @JsonProperty("externalId")
        EXTERNAL_ID,
        /** {@code userName}, without regard to case. */
        @JsonProperty("userName")
        USER_NAME,
        /** The work email address, else the primary one, else the first, without regard to case. */
        @JsonProperty("email")
        EMAIL,
        /** {@code employeeNumber} of the enterprise extension, with regard to case. */
        @JsonProperty("employeeNumber")
        EMPLOYEE_NUMBER
    }

    /** By externalId and userName, without review. */
    static final Matching USUAL = new Matching(List.of(Key.EXTERNAL_ID, Key.USER_NAME), Set.of());

    public Matching {
        by = by == null ? List.of(Key.EXTERNAL_ID, Key.USER_NAME) : List.copyOf(by);
        review = review == null ? Set.of() : Set.copyOf(review);
    }
}
