package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroupRepository.Difference;
import dev.muster.directory.CurrentResourceRepository;
import dev.muster.directory.Documents;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows what waits, and what would become of it: assessed when it is asked for, as the resources and rules are then. */
@ApplicationScoped
public class PendingList {

    private final TenantDatabase database;
    private final Tenants tenants;
    private final PendingRepository pending;
    private final Assessor assessor;
    private final AccountRepository accounts;
    private final AccountGroupRepository groups;
    private final CurrentResourceRepository resources;

    PendingList(
            TenantDatabase database,
            Tenants tenants,
            PendingRepository pending,
            Assessor assessor,
            AccountRepository accounts,
            AccountGroupRepository groups,
            CurrentResourceRepository resources) {
        this.database = database;
        this.tenants = tenants;
        this.pending = pending;
        this.assessor = assessor;
        this.accounts = accounts;
        this.groups = groups;
        this.resources = resources;
    }

    /** Those that wait, the longest first. */
    public Uni<List<PendingEntry>> page(String tenant, PendingQuery query) {
        return tenants.get(tenant)
                .chain(found -> database.statements(
                        tenant, db -> pending.page(db, tenant, query).chain(page -> entries(db, found, page))));
    }

    /** What waits about an account. */
    public Uni<List<PendingEntry>> ofAccount(String tenant, Account account) {
        return tenants.get(tenant)
                .chain(found -> database.statements(
                        tenant, db -> pending.ofAccount(db, tenant, account).chain(page -> entries(db, found, page))));
    }

    /** How many wait, by reason and type. */
    public Uni<List<PendingCount>> counts(String tenant) {
        return tenants.get(tenant).chain(() -> database.scan(tenant, db -> pending.counts(db, tenant)));
    }

    private Uni<List<PendingEntry>> entries(SqlConnection db, Tenant tenant, List<Pending> page) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Set<UUID> ofUsers = ids(page, Change.USER);
        Set<UUID> ofGroups = ids(page, Change.GROUP);
        List<UUID> candidates =
                page.stream().flatMap(one -> one.candidates().stream()).toList();
        List<Change> asIfReleased = page.stream()
                .filter(one -> one.type().equals(Change.USER))
                .map(one -> released(one, now))
                .toList();
        return Uni.combine()
                .all()
                .unis(
                        assessor.assess(db, Assessor.Ground.of(tenant, 0, now), asIfReleased),
                        resources.documents(db, tenant.id(), Change.USER, ofUsers),
                        resources.documents(db, tenant.id(), Change.GROUP, ofGroups),
                        groups.find(db, tenant.id(), ofGroups),
                        groups.differences(db, tenant.id(), ofGroups),
                        accounts.find(db, tenant.id(), candidates))
                .asTuple()
                .map(found -> {
                    Map<UUID, Assessment> assessed = byId(found.getItem1().assessments(), Assessment::resource);
                    Map<UUID, Account> candidatesById = byId(found.getItem6(), Account::id);
                    Map<UUID, AccountGroup> applied = byId(found.getItem4(), AccountGroup::id);
                    return page.stream()
                            .map(one -> one.type().equals(Change.GROUP)
                                    ? PendingEntry.ofGroup(
                                            one,
                                            document(found.getItem3(), one),
                                            applied.get(one.resource()),
                                            found.getItem5().getOrDefault(one.resource(), Difference.NONE))
                                    : PendingEntry.ofUser(
                                            one,
                                            document(found.getItem2(), one),
                                            Objects.requireNonNull(assessed.get(one.resource())),
                                            candidatesById))
                            .toList();
                });
    }

    private static Set<UUID> ids(Collection<Pending> page, String type) {
        return page.stream()
                .filter(one -> one.type().equals(type))
                .map(Pending::resource)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static <T> Map<UUID, T> byId(Collection<T> values, Function<T, UUID> id) {
        return values.stream().collect(Collectors.toMap(id, Function.identity()));
    }

    private static @Nullable ObjectNode document(Map<UUID, String> documents, Pending one) {
        String text = documents.get(one.resource());
        return text == null ? null : Documents.parse(text);
    }

    /** The change that would be noted if an operator let it pass. */
    private static Change released(Pending one, Instant now) {
        Decision decision = switch (one.reason()) {
            case DRY_RUN, DEPARTMENT -> Decision.RELEASE;
            case DELETION_GUARD -> Decision.APPROVE;
            case REVIEW, CONFLICT -> null;
        };
        return new Change(
                OffsetDateTime.ofInstant(now, ZoneOffset.UTC),
                one.resource(),
                one.resource(),
                one.type(),
                List.of(),
                decision,
                null);
    }
}
