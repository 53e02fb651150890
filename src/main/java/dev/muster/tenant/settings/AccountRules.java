package dev.muster.tenant.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants of its users, and what its accounts shall be: the settings besides those of SCIM itself.
 *
 * @param attributes which attributes are taken
 * @param matching how users are recognised as owners of accounts
 * @param uniqueness paths of attributes whose values only one user of the tenant may have
 * @param requireOneOf paths of attributes of which every user has at least one; empty where none is needed
 * @param scope a filter (RFC 7644 §3.4.2.2) of the users that there are for SCIM; null for all
 * @param accountFields the fields of an account by name
 * @param roles the roles that members of groups have
 * @param deletionGuard null where deprovisionings are never held
 */
public record AccountRules(
        AttributeRules attributes,
        Matching matching,
        List<String> uniqueness,
        List<String> requireOneOf,
        @Nullable String scope,
        OperationMode mode,
        SignIn signIn,
        Activation activation,
        Deprovisioning deprovisioning,
        Map<String, AccountField> accountFields,
        Departments departments,
        List<RoleMapping> roles,
        NestedGroups nestedGroups,
        @Nullable DeletionGuard deletionGuard) {

    private static final Map<String, AccountField> USUAL_FIELDS = usualFields();

    public AccountRules {
        attributes = attributes == null ? AttributeRules.ALL : attributes;
        matching = matching == null ? Matching.USUAL : matching;
        uniqueness = uniqueness == null ? List.of() : List.copyOf(uniqueness);
        requireOneOf = requireOneOf == null ? List.of() : List.copyOf(requireOneOf);
        mode = mode == null ? OperationMode.SYNC : mode;
        signIn = signIn == null ? SignIn.SSO : signIn;
        activation = activation == null ? Activation.AUTOMATIC : activation;
        deprovisioning = deprovisioning == null ? Deprovisioning.USUAL : deprovisioning;
        accountFields = accountFields == null ? USUAL_FIELDS : Map.copyOf(accountFields);
        departments = departments == null ? Departments.USUAL : departments;
        roles = roles == null ? List.of() : List.copyOf(roles);
        nestedGroups = nestedGroups == null ? NestedGroups.ALLOW : nestedGroups;
    }

    /** Whether a new account can be used at once; with single sign-on it always can. */
    public boolean activatesAtOnce() {
        return signIn == SignIn.SSO || activation == Activation.AUTOMATIC;
    }

    /** Whether the same accounts follow from others: they differ at most in what is decided when something is written. */
    public boolean makesTheSameAccountsAs(AccountRules other) {
        return attributes.equals(other.attributes)
                && matching.equals(other.matching)
                && mode == other.mode
                && activatesAtOnce() == other.activatesAtOnce()
                && signIn == other.signIn
                && deprovisioning.equals(other.deprovisioning)
                && accountFields.equals(other.accountFields)
                && departments.equals(other.departments)
                && roles.equals(other.roles);
    }

    private static Map<String, AccountField> usualFields() {
        Map<String, AccountField> fields = new LinkedHashMap<>();
        fields.put("displayName", AccountField.of("displayName"));
        fields.put("givenName", AccountField.of("name.givenName"));
        fields.put("familyName", AccountField.of("name.familyName"));
        fields.put("title", AccountField.of("title"));
        fields.put("preferredLanguage", AccountField.of("preferredLanguage"));
        return Collections.unmodifiableMap(fields);
    }
}
