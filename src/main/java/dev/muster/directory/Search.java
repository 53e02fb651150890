package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.CursorRequest;
import dev.muster.scim.message.PageRequest;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** Finds resources of tenants (RFC 7644 §3.4.2), of one type or of several. Failures are {@link ScimException}s. */
@ApplicationScoped
public class Search {

    private final TenantDatabase database;
    private final IndexPages indexPages;
    private final CursorPages cursorPages;

    Search(TenantDatabase database, IndexPages indexPages, CursorPages cursorPages) {
        this.database = database;
        this.indexPages = indexPages;
        this.cursorPages = cursorPages;
    }

    /** One page of the resources that a query means. */
    public Uni<SearchPage> page(Tenant tenant, SearchQuery asked) {
        TenantScope scope = TenantScope.of(tenant);
        SearchQuery query = scope.bound(asked);
        Ordering ordering = Ordering.of(query);
        SearchSql sql = new SearchSql(scope, query, ordering);
        boolean scans = query.scans() || scope.passesBy(query);
        boolean nothing = query.parts().isEmpty();
        return switch (query.page()) {
            case PageRequest request ->
                nothing
                        ? Uni.createFrom().item(SearchPage.byIndex(0, request.startIndex(), List.of()))
                        : read(tenant, scans, db -> indexPages.read(db, tenant.id(), query, sql, request));
            case CursorRequest request -> {
                CursorSeal seal = seal(tenant, query, ordering);
                Cursor cursor = cursorPages.open(seal, request);
                yield nothing
                        ? Uni.createFrom().item(new SearchPage(0L, null, List.of(), null, null))
                        : read(tenant, scans, db -> cursorPages.read(db, seal, sql, cursor));
            }
        };
    }

    private <T> Uni<T> read(Tenant tenant, boolean scans, Function<SqlConnection, Uni<T>> work) {
        return scans ? database.scan(tenant.id(), work) : database.statements(tenant.id(), work);
    }

    /** Of another tenant or query, or of the same after the attribute's type has changed, a cursor does not open. */
    static CursorSeal seal(Tenant tenant, SearchQuery query, Ordering ordering) {
        return new CursorSeal(tenant.cursorKey(), query.identity() + '\0' + ordering.keyType());
    }
}
