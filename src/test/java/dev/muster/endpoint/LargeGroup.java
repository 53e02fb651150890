package dev.muster.endpoint;

import dev.muster.Api;
import dev.muster.scim.Json;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A group whose members do not fit one piece of an answer. */
final class LargeGroup {

    private static final int AT_ONCE = 1_000;
    private static final int PIPELINED = 50;

    private LargeGroup() {}

    /** The id of a new group with so many members, which are new users as well. */
    static String of(Api api, int size) {
        return withMembers(api, users(api, size));
    }

    /** The id of a new group with these members. */
    static String withMembers(Api api, List<String> users) {
        String group = api.create("/Groups", Map.of("displayName", "large")).path("id");
        for (int from = 0; from < users.size(); from += AT_ONCE) {
            List<Map<String, String>> members = users.subList(from, Math.min(users.size(), from + AT_ONCE)).stream()
                    .map(id -> Map.of("value", id))
                    .toList();
            api.scim()
                    .body(Map.of("Operations", List.of(Map.of("op", "add", "path", "members", "value", members))))
                    .patch("/Groups/" + group)
                    .then()
                    .statusCode(204);
        }
        return group;
    }

    /** The ids of so many new users: sent without waiting for the answers, which come in the same order. */
    static List<String> users(Api api, int count) {
        List<String> ids = new ArrayList<>(count);
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            while (ids.size() < count) {
                int batch = Math.min(PIPELINED, count - ids.size());
                for (int i = 0; i < batch; i++) {
                    connection.send(create(api, "{\"userName\":\"member" + (ids.size() + i) + "\"}"));
                }
                for (int i = 0; i < batch; i++) {
                    ids.add(Json.json(connection.answer().body()).path("id").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private static byte[] create(Api api, String user) {
        byte[] head = RawHttp.head(
                "POST",
                api.base() + "/Users",
                "Authorization: Bearer " + api.token(),
                "Content-Length: " + user.length());
        byte[] request = Arrays.copyOf(head, head.length + user.length());
        System.arraycopy(user.getBytes(StandardCharsets.US_ASCII), 0, request, head.length, user.length());
        return request;
    }
}
