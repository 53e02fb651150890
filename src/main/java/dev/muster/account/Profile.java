package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.tenant.settings.SignIn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account says of its person.
 *
 * @param email the work address, else the primary one, else the first; null where that has more than 256 characters
 * @param employeeNumber null where it has more than 256 characters
 * @param department the product's department
 * @param roles sorted, each once
 * @param fields the fields that the tenant's settings name; never changed
 */
public record Profile(
        @Nullable String externalId,
        @Nullable String userName,
        @Nullable String email,
        @Nullable String employeeNumber,
        @Nullable String department,
        List<String> roles,
        SignIn signIn,
        ObjectNode fields) {

    public Profile {
        roles = roles.stream().sorted().distinct().toList();
    }

    /** The same person with other roles. */
    Profile withRoles(List<String> others) {
        return new Profile(externalId, userName, email, employeeNumber, department, others, signIn, fields);
    }

    /** The names of what differs from another's; {@code fields.} stands in front of the names of fields. */
    List<String> differing(Profile other) {
        return ProfileDifference.names(this, other);
    }
}
