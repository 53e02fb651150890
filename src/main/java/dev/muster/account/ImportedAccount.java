package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.tenant.settings.SignIn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as the product has it.
 *
 * @param productId how the product names it
 * @param status active, inactive or blocked
 */
record ImportedAccount(
        String productId,
        AccountStatus status,
        @Nullable String externalId,
        @Nullable String userName,
        @Nullable String email,
        @Nullable String employeeNumber,
        @Nullable String department,
        ObjectNode fields) {

    Profile profile(SignIn signIn) {
        return new Profile(externalId, userName, email, employeeNumber, department, List.of(), signIn, fields);
    }
}
