package dev.muster.account;

import dev.muster.tenant.settings.Matching;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Accounts of users who have been provisioned, found by what users are matched by. */
final class ProvisionedAccounts {

    private final Map<Matching.Key, Map<String, Account>> byKey = new EnumMap<>(Matching.Key.class);

    ProvisionedAccounts(Matching matching, Collection<Account> accounts) {
        for (Matching.Key key : matching.by()) {
            Map<String, Account> byValue = new HashMap<>();
            for (Account account : accounts) {
                String value = Linking.value(account.profile(), key);
                if (value != null) {
                    byValue.put(value, account);
                }
            }
            byKey.put(key, byValue);
        }
    }

    /** What an account and a person have in common. */
    record Match(Matching.Key key, Account account) {}

    /** The account of which a person could be the owner too; the first that is found. */
    Optional<Match> of(Profile person) {
        for (Map.Entry<Matching.Key, Map<String, Account>> entry : byKey.entrySet()) {
            String value = Linking.value(person, entry.getKey());
            Account account = value == null ? null : entry.getValue().get(value);
            if (account != null) {
                return Optional.of(new Match(entry.getKey(), account));
            }
        }
        return Optional.empty();
    }
}
