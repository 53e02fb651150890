package dev.muster.account;

import dev.muster.tenant.settings.Matching;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises the owner of an account by what the tenant's settings name. Pure; nothing is guessed. */
record Linking(Matching matching) {

    /** What was found. */
    sealed interface Finding {

        /** No account. */
        record None() implements Finding {}

        /**
         * One account.
         *
         * @param sure whether nobody has to confirm it
         */
        record One(Account account, boolean sure) implements Finding {}

        /** Several accounts, and no way to tell which. */
        record Several(Set<Account> accounts) implements Finding {}
    }

    /** The accounts among {@code free} that the user may be the owner of. */
    Finding owned(Profile user, Collection<Account> free) {
        Map<Account, Set<Matching.Key>> found = new LinkedHashMap<>();
        for (Matching.Key key : matching.by()) {
            String value = value(user, key);
            if (value == null) {
                continue;
            }
            free.stream()
                    .filter(account -> Objects.equals(value, value(account.profile(), key)))
                    .forEach(account -> found.computeIfAbsent(account, keys -> new HashSet<>())
                            .add(key));
        }
        if (found.isEmpty()) {
            return new Finding.None();
        }
        if (found.size() > 1) {
            return new Finding.Several(found.keySet());
        }
        Map.Entry<Account, Set<Matching.Key>> only = found.entrySet().iterator().next();
        return new Finding.One(only.getKey(), !matching.review().containsAll(only.getValue()));
    }

    static @Nullable String value(Profile profile, Matching.Key key) {
        return switch (key) {
            case EXTERNAL_ID -> profile.externalId();
            case USER_NAME -> AccountRepository.folded(profile.userName());
            case EMAIL -> AccountRepository.folded(profile.email());
            case EMPLOYEE_NUMBER -> profile.employeeNumber();
        };
    }
}
