package dev.muster.scim.resource;

import dev.muster.scim.error.ScimException;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands, written for people: {@code emails[0].primary}. It becomes text only when it must be shown.
 *
 * @param index the number of the value in a multi-valued attribute, counted from 0; -1 for the attribute itself
 */
record Place(@Nullable Place owner, String name, int index) {

    static Place of(String name) {
        return new Place(null, name, -1);
    }

    Place element(int number) {
        return new Place(owner, name, number);
    }

    Place sub(String subName) {
        return new Place(this, subName, -1);
    }

    ScimException invalid(String what) {
        return ScimException.invalidValue(this + " " + what);
    }

    @Override
    public String toString() {
        String own = index < 0 ? name : name + "[" + index + "]";
        return owner == null ? own : owner + "." + own;
    }
}
