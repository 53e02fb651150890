package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * What is in the tenant when measuring begins, written through the API.
 *
 * @param users their ids; the number of a user is its index
 * @param groups the ids of groups that have the last users as their members; the first are in no group
 */
record Population(List<String> users, List<String> groups) {

    static final String TENANT = "bench";
    static final String BASE = "/t/" + TENANT + "/scim/v2";
    /** Numbers of one length, so that names sort as they were made. */
    static final int FIRST_NUMBER = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Creates users and groups over the connections of {@code settings}. */
    static Population load(BenchSettings settings, RequestText request, int groups) throws Exception {
        List<String> users = created(settings, request, "/Users", settings.users(), Population::user);
        String members = users.stream()
                .skip(settings.outsideGroups())
                .map(id -> "{\"value\":\"" + id + "\"}")
                .collect(Collectors.joining(","));
        return new Population(
                users, created(settings, request, "/Groups", groups, number -> """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Group %d","members":[%s]}""".formatted(number, members)));
    }

    static String userName(int number) {
        return "user" + (FIRST_NUMBER + number) + "@example.com";
    }

    static String workEmail(int number) {
        return "first.last" + (FIRST_NUMBER + number) + "@corp.example.com";
    }

    static String employeeNumber(int number) {
        return "E" + (FIRST_NUMBER + number);
    }

    /** A user of about 1.25 KB as Entra ID sends it. */
    static String user(int number) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                "externalId":"ext-%1$d","userName":"%2$s","active":true,"displayName":"First%1$d Last%1$d",
                "title":"Engineer","preferredLanguage":"en-GB","userType":"Member",
                "name":{"formatted":"First%1$d Last%1$d","familyName":"Last%1$d","givenName":"First%1$d"},
                "emails":[{"type":"work","value":"%3$s","primary":true},
                    {"type":"other","value":"private%1$d@home.example.org"}],
                "phoneNumbers":[{"type":"work","value":"+49 30 %1$07d"},{"type":"mobile","value":"+49 170 %1$07d"}],
                "addresses":[{"type":"work","formatted":"Street %1$d, 10115 Berlin","streetAddress":"Street %1$d",
                    "locality":"Berlin","region":"BE","postalCode":"10115","country":"DE"}],
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"%4$s",
                    "department":"Department %5$d","costCenter":"C%5$d","organization":"Example","division":"Europe"}}""".formatted(number, userName(number), workEmail(number), employeeNumber(number), number % 50);
    }

    private interface Representations {
        String of(int number);
    }

    private static List<String> created(
            BenchSettings settings, RequestText request, String endpoint, int count, Representations bodies)
            throws Exception {
        int connections = settings.connections();
        List<Callable<List<String>>> work = new ArrayList<>();
        for (int connection = 0; connection < connections; connection++) {
            int first = (int) ((long) count * connection / connections);
            int end = (int) ((long) count * (connection + 1) / connections);
            work.add(() -> created(request, endpoint, first, end, bodies));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<String> ids = new ArrayList<>();
            for (Future<List<String>> part : threads.invokeAll(work)) {
                ids.addAll(part.get());
            }
            return ids;
        }
    }

    private static List<String> created(
            RequestText request, String endpoint, int first, int end, Representations bodies) throws Exception {
        List<String> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(request.port())) {
            for (int number = first; number < end; number++) {
                // Members are of no interest in the answer, and would make it a stream.
                String path = BASE + endpoint + "?attributes=id";
                int status = connection.exchange(request.post(path, bodies.of(number)));
                JsonNode answer = JSON.readTree(connection.body());
                if (status != 201) {
                    throw new IllegalStateException("%s %d: %d %s"
                            .formatted(endpoint.toLowerCase(Locale.ROOT), number, status, connection.body()));
                }
                ids.add(answer.path("id").asText());
            }
        }
        return ids;
    }
}
