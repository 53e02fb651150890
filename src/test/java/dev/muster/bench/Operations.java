package dev.muster.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The requests that are measured: those that identity providers send all day. */
final class Operations {

    private static final String USERS = Population.BASE + "/Users";

    private final RequestText request;
    private final Population population;
    private final int groupSize;
    private final int outsideGroups;
    private final AtomicInteger created;

    Operations(RequestText request, Population population, int groupSize) {
        this.request = request;
        this.population = population;
        this.groupSize = groupSize;
        this.outsideGroups = population.users().size() - groupSize;
        this.created = new AtomicInteger(population.users().size());
    }

    List<Operation> all() {
        return List.of(
                new Operation("GET by id", 200, users(n -> request.get(USERS + "/" + id(n))), "get.sql"),
                filter("filter userName eq", n -> "userName eq \"" + Population.userName(n) + '"', "user-name.sql"),
                filter(
                        "filter emails[type eq \"work\"].value eq",
                        n -> "emails[type eq \"work\"].value eq \"" + Population.workEmail(n) + '"',
                        "email.sql"),
                filter(
                        "filter employeeNumber eq (extension)",
                        n -> "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \""
                                + Population.employeeNumber(n) + '"',
                        "employee-number.sql"),
                new Operation("POST user", 201, number -> this::create, "post.sql"),
                new Operation("PATCH title", 200, users(this::replaceTitle), "patch.sql"),
                new Operation("PATCH group: add a member to " + groupSize, 204, this::addMember, "member.sql"));
    }

    private interface UserRequest {
        byte[] of(int number);
    }

    /** Requests about users drawn at random, each connection by a seed of its own. */
    private IntFunction<Supplier<byte[]>> users(UserRequest of) {
        return connection -> {
            Random random = new Random(connection);
            return () -> of.of(random.nextInt(outsideGroups));
        };
    }

    private Operation filter(String name, IntFunction<String> filter, String script) {
        return new Operation(
                name,
                200,
                users(n ->
                        request.get(USERS + "?filter=" + URLEncoder.encode(filter.apply(n), StandardCharsets.UTF_8))),
                script);
    }

    private byte[] create() {
        return request.post(USERS, Population.user(created.getAndIncrement()));
    }

    /** As Entra ID changes an attribute; the number in it makes nearly every one a change. */
    private byte[] replaceTitle(int number) {
        return request.patch(USERS + "/" + id(number), """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations":[{"op":"Replace","path":"title","value":"Engineer %d"}]}""".formatted(System.nanoTime() % 1000));
    }

    /** One member after the other that is not in yet; each connection has a group of its own. */
    private Supplier<byte[]> addMember(int connection) {
        String path = Population.BASE + "/Groups/" + population.groups().get(connection);
        Random random = new Random();
        return () -> request.patch(path, """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations":[{"op":"Add","path":"members","value":[{"value":"%s"}]}]}""".formatted(id(random.nextInt(outsideGroups))));
    }

    private String id(int number) {
        return population.users().get(number);
    }
}
