package dev.muster.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In what two profiles differ. */
final class ProfileDifference {

    private ProfileDifference() {}

    static List<String> names(Profile one, Profile other) {
        List<String> names = new ArrayList<>();
        add(names, "externalId", one.externalId(), other.externalId());
        add(names, "userName", one.userName(), other.userName());
        add(names, "email", one.email(), other.email());
        add(names, "employeeNumber", one.employeeNumber(), other.employeeNumber());
        add(names, "department", one.department(), other.department());
        add(names, "roles", one.roles(), other.roles());
        add(names, "signIn", one.signIn(), other.signIn());
        TreeSet<String> fields = new TreeSet<>();
        one.fields().fieldNames().forEachRemaining(fields::add);
        other.fields().fieldNames().forEachRemaining(fields::add);
        fields.forEach(field -> add(
                names,
                "fields." + field,
                one.fields().get(field),
                other.fields().get(field)));
        return List.copyOf(names);
    }

    private static void add(List<String> names, String name, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            names.add(name);
        }
    }
}
