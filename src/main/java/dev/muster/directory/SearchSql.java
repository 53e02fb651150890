package dev.muster.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the statements of one search. The tenant is {@code $1}; the resources of each part are looked for by themselves, so
 * that each finds its indexes. What a page skips is skipped by id: documents are read of the page alone.
 */
final class SearchSql {

    private final TenantScope scope;
    private final SearchQuery query;
    private final Ordering ordering;

    /** @param query with at least one part */
    SearchSql(TenantScope scope, SearchQuery query, Ordering ordering) {
        this.scope = scope;
        this.query = query;
        this.ordering = ordering;
    }

    /** The same search in the other direction. */
    SearchSql reversed() {
        return new SearchSql(scope, query, ordering.reversed());
    }

    /** The stretches behind a position. */
    List<Stretch> behind(Position position) {
        return Stretch.behind(position, ordering);
    }

    /** How many resources match, in all parts together. */
    SqlStatement count() {
        Writer writer = new Writer();
        String counts = writer.parts(new Stretch.Everything()).stream()
                .map(part -> "(select count(*) " + part.from() + ")")
                .collect(Collectors.joining(" + "));
        return writer.statement("select " + counts);
    }

    /**
     * The resources of a stretch, in order: {@code type}, the columns of {@link ResourceRepository#COLUMNS}, {@code groups}, and
     * {@code sort_key} unless the order is that of the ids. Empty where no part of the query can have resources in it.
     *
     * @param skipped so many resources of the stretch are left out first
     */
    Optional<SqlStatement> page(Stretch stretch, long skipped, int limit) {
        Writer writer = new Writer();
        List<Source> parts = writer.parts(stretch);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(writer.statement(
                query.parts().size() == 1 && skipped == 0
                        ? writer.read(parts.getFirst(), limit)
                        : writer.readPicked(writer.picked(parts, skipped, limit))));
    }

    /**
     * Where the resources of a part of the query are read from.
     *
     * @param key what they are sorted by
     * @param from {@code from} and {@code where} clause
     */
    private record Source(String key, String from) {}

    private final class Writer {

        private final List<Object> parameters = new ArrayList<>(List.of(scope.tenant()));

        private SqlStatement statement(String text) {
            return new SqlStatement(text, parameters);
        }

        private String add(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }

        private List<Source> parts(Stretch stretch) {
            return IntStream.range(0, query.parts().size())
                    .filter(part -> reaches(stretch, part))
                    .mapToObj(part -> new Source(ordering.key(part), from(part, stretch)))
                    .toList();
        }

        /** Resources without a value stand in the one stretch only. */
        private boolean reaches(Stretch stretch, int part) {
            boolean valued = stretch instanceof Stretch.Behind || stretch instanceof Stretch.Assigned;
            return !valued || ordering.byIdAlone() || ordering.keys().get(part).isPresent();
        }

        private String from(int number, Stretch stretch) {
            SearchQuery.Part part = query.parts().get(number);
            String type = add(part.type().name());
            StringBuilder from = new StringBuilder("from resource r where r.tenant_id = $1 and r.type = ").append(type);
            if (part.filter() != null) {
                SqlCondition condition =
                        new FilterSql(part.type(), scope, type).condition(part.filter(), parameters.size() + 1);
                parameters.addAll(condition.parameters());
                from.append(" and (").append(condition.text()).append(')');
            }
            SqlParameters limit = new SqlParameters(parameters.size() + 1);
            from.append(scope.andShown(limit));
            parameters.addAll(limit.values());
            return from.append(condition(number, stretch)).toString();
        }

        private String condition(int part, Stretch stretch) {
            return switch (stretch) {
                case Stretch.Everything everything -> "";
                case Stretch.Behind(Position position) ->
                    position.key() == null
                            ? idBehind(position)
                            : " and (" + ordering.key(part) + ", r.id) "
                                    + ordering.behind() + " (" + add(position.key()) + "::text::" + ordering.keyType()
                                    + ", "
                                    + add(position.id()) + ")";
                case Stretch.Assigned assigned -> " and " + ordering.key(part) + " is not null";
                case Stretch.Unassigned unassigned ->
                    (ordering.keys().get(part).isPresent() ? " and " + ordering.key(part) + " is null" : "")
                            + (unassigned.after() == null ? "" : idBehind(new Position(null, unassigned.after())));
            };
        }

        private String idBehind(Position position) {
            return " and r.id " + ordering.behind() + " " + add(position.id());
        }

        private String read(Source part, int limit) {
            String key = ordering.byIdAlone() ? "" : ", " + part.key() + "::text as sort_key";
            return "select " + columns() + key + " " + part.from() + ordering.clause(part.key(), "r.id") + " limit "
                    + add((long) limit);
        }

        /** The ids of a page, and the keys that they are sorted by. */
        private String picked(List<Source> parts, long skipped, int limit) {
            long reach = skipped > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skipped + limit;
            String page = " limit " + add((long) limit) + (skipped == 0 ? "" : " offset " + add(skipped));
            if (parts.size() == 1) {
                return picked(parts.getFirst()) + page;
            }
            String each = " limit " + add(reach);
            return parts.stream()
                    .map(part -> "(" + picked(part) + each + ")")
                    .collect(Collectors.joining(
                            " union all ", "select * from (", ") u" + ordering.clause("u.sorted", "u.id") + page));
        }

        private String picked(Source part) {
            String key = ordering.byIdAlone() ? "" : ", " + part.key() + " as sorted";
            return "select r.id" + key + " " + part.from() + ordering.clause(part.key(), "r.id");
        }

        private String readPicked(String picked) {
            String key = ordering.byIdAlone() ? "" : ", p.sorted::text as sort_key";
            return "select " + columns() + key + " from (" + picked
                    + ") p join resource r on r.tenant_id = $1 and r.id = p.id" + ordering.clause("p.sorted", "r.id");
        }

        private String columns() {
            return "r.type, " + ResourceRepository.COLUMNS + ", " + groups();
        }

        private String groups() {
            List<SearchQuery.Part> grouped =
                    query.parts().stream().filter(SearchQuery.Part::withGroups).toList();
            if (grouped.isEmpty() || grouped.size() == query.parts().size()) {
                return grouped.isEmpty() ? ResourceRepository.NO_GROUPS : ResourceRepository.GROUPS;
            }
            String types = grouped.stream().map(part -> add(part.type().name())).collect(Collectors.joining(", "));
            String of = ResourceRepository.GROUPS.replaceFirst(" as groups$", "");
            return "case when r.type in (" + types + ") then " + of + " end as groups";
        }
    }
}
