package dev.muster.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests whose cost must not grow with the tenant: what is measured in a small tenant and in a large one. */
final class ScaleOperations {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";

    private final Function<String, RequestText> requests;
    /** Numbers that no earlier run in the same directory has used: 5,000 for each second that has passed since. */
    private final AtomicInteger created =
            new AtomicInteger(5_000_000 + (int) (System.currentTimeMillis() / 1_000 * 5_000 % 1_000_000_000));

    /** @param requests makes requests with the token of a tenant */
    ScaleOperations(Function<String, RequestText> requests) {
        this.requests = requests;
    }

    /** An operation that can be asked of any tenant. */
    record Scaled(String name, Function<ScaleTenant, Operation> of) {}

    /** Those that concern single resources. */
    List<Scaled> ofResources() {
        return List.of(
                users("GET by id", (request, tenant, n) -> request.get(user(tenant, n))),
                filter("userName eq", n -> "userName eq \"" + Population.userName(n) + '"'),
                filter("externalId eq", n -> "externalId eq \"ext-" + n + '"'),
                filter("id eq", n -> "id eq \"" + ScaleTenant.user(n) + '"'),
                filter("emails[value eq]", n -> "emails[value eq \"" + Population.workEmail(n) + "\"]"),
                filter(
                        "emails[type eq \"work\" and value eq]",
                        n -> "emails[type eq \"work\" and value eq \"" + Population.workEmail(n) + "\"]"),
                filter(
                        "emails[type eq \"work\"].value eq",
                        n -> "emails[type eq \"work\"].value eq \"" + Population.workEmail(n) + '"'),
                filter(
                        "employeeNumber eq",
                        n -> ENTERPRISE + "employeeNumber eq \"" + Population.employeeNumber(n) + '"'),
                users(
                        "groups: displayName eq",
                        (request, tenant, n) -> groups(request, tenant, "displayName eq \"Everybody\"")),
                users(
                        "groups: members[value eq]",
                        (request, tenant, n) ->
                                groups(request, tenant, "members[value eq \"" + ScaleTenant.user(n) + "\"]")),
                users(
                        "GET group without members",
                        (request, tenant, n) -> request.get(tenant.group() + "?excludedAttributes=members")),
                new Scaled(
                        "POST user", tenant -> new Operation("POST user", 201, connection -> () -> create(tenant), "")),
                users("PATCH title", ScaleOperations::replaceTitle));
    }

    /** Those that add members to the group and remove them again, by turns, one request at a time. */
    List<Scaled> ofMembers() {
        return List.of(members(50), members(10_000));
    }

    private interface UserRequest {
        byte[] of(RequestText request, ScaleTenant tenant, int number);
    }

    /** Requests about members of the group drawn at random, each connection by a seed of its own. */
    private Scaled users(String name, UserRequest of) {
        return new Scaled(name, tenant -> {
            RequestText request = requests.apply(tenant.id());
            IntFunction<Supplier<byte[]>> each = connection -> {
                Random random = new Random(connection);
                return () -> of.of(request, tenant, random.nextInt(tenant.members()));
            };
            return new Operation(name, 200, each, "");
        });
    }

    private Scaled filter(String name, IntFunction<String> filter) {
        return users(
                name, (request, tenant, n) -> request.get(tenant.base() + "/Users?filter=" + encoded(filter.apply(n))));
    }

    private static byte[] groups(RequestText request, ScaleTenant tenant, String filter) {
        return request.get(tenant.base() + "/Groups?excludedAttributes=members&filter=" + encoded(filter));
    }

    private byte[] create(ScaleTenant tenant) {
        return requests.apply(tenant.id()).post(tenant.base() + "/Users", Population.user(created.getAndIncrement()));
    }

    private static byte[] replaceTitle(RequestText request, ScaleTenant tenant, int number) {
        return request.patch(user(tenant, number), """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations":[{"op":"Replace","path":"title","value":"Engineer %d"}]}""".formatted(System.nanoTime() % 1000));
    }

    private Scaled members(int count) {
        String name = "PATCH group: add, then remove " + count + " members";
        return new Scaled(name, tenant -> {
            RequestText request = requests.apply(tenant.id());
            int outside = tenant.users() - tenant.members();
            String values = IntStream.range(0, Math.min(count, outside))
                    .mapToObj(n -> "{\"value\":\"" + ScaleTenant.user(tenant.members() + n) + "\"}")
                    .collect(Collectors.joining(","));
            byte[] add = request.patch(tenant.group(), patch("add", values));
            byte[] remove = request.patch(tenant.group(), patch("remove", values));
            return new Operation(
                    name,
                    204,
                    connection -> {
                        AtomicInteger turn = new AtomicInteger();
                        return () -> turn.getAndIncrement() % 2 == 0 ? add : remove;
                    },
                    "");
        });
    }

    /** A PATCH of members by a list of them, as Entra ID sends it. */
    static String patch(String op, String values) {
        return """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations":[{"op":"%s","path":"members","value":[%s]}]}""".formatted(op, values);
    }

    private static String user(ScaleTenant tenant, int number) {
        return tenant.base() + "/Users/" + ScaleTenant.user(number);
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }
}
