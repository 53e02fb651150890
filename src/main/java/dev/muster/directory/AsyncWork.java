package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client has asked for with {@code Prefer: respond-async} (RFC 9967 §2.5.1.1). */
sealed interface AsyncWork {

    /** The word that says in the database what this is. */
    String kind();

    /** What is stored of it: JSON. */
    String stored();

    /** How many operations it has. */
    int operations();

    /**
     * The deletion of one resource.
     *
     * @param type the resource type's name
     * @param ifMatch the header, null where there was none
     */
    record Deletion(String type, UUID id, @Nullable String ifMatch) implements AsyncWork {

        static final String KIND = "delete";

        static Deletion of(String stored) {
            ObjectNode json = Documents.parse(stored);
            return new Deletion(
                    json.path("type").asText(),
                    UUID.fromString(json.path("id").asText()),
                    json.path("ifMatch").textValue());
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String stored() {
            ObjectNode json = Documents.object().put("type", type).put("id", id.toString());
            return (ifMatch == null ? json : json.put("ifMatch", ifMatch)).toString();
        }

        @Override
        public int operations() {
            return 1;
        }
    }

    /**
     * A Bulk request.
     *
     * @param stored its body without secrets
     */
    record Bulk(String stored, int operations) implements AsyncWork {

        static final String KIND = "bulk";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
