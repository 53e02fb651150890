package dev.muster.directory;

import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the resources that can meet a filter through an index. With row-level security forced, PostgreSQL takes only
 * comparisons that cannot leak (those of text, uuid, int8) to an index, never what looks into a jsonb document: so equality
 * on any attribute is led by its key.
 */
final class FilterCandidates {

    /** Each is a join to plan. */
    private static final int MOST_DRIVERS = 3;

    private final ResourceType type;
    private final String typeParameter;
    private final SearchKeys keys;

    /** @param typeParameter the placeholder of the type's name in the caller's statement */
    FilterCandidates(ResourceType type, String typeParameter) {
        this.type = type;
        this.typeParameter = typeParameter;
        this.keys = SearchKeys.of(type);
    }

    /**
     * A superset of the resources that meet a filter.
     *
     * @param direct whether the exact condition finds them by an index by itself, at the top or as a part of {@code and}
     * @param union whether they are the candidates of several conditions together
     * @param statement writes the {@code select} of their ids
     */
    record Candidate(boolean direct, boolean union, Function<SqlParameters, String> statement) {

        /** Names the ids; adds parameters. */
        String select(SqlParameters parameters) {
            return statement.apply(parameters);
        }
    }

    /** Whether an index leads to the resources that meet a filter; without one all resources of the type are looked at. */
    boolean lead(Filter filter) {
        List<Filter> operands = filter instanceof Filter.And and ? and.operands() : List.of(filter);
        return operands.stream().anyMatch(operand -> of(operand).isPresent());
    }

    /**
     * The candidates to which the resources of the whole search are narrowed, at most {@link #MOST_DRIVERS}: for operands
     * of {@code and} those of each, so that the database takes whichever value is rarer. Empty where no index helps,
     * and where a direct condition does.
     */
    List<Candidate> drivers(Filter filter) {
        List<Filter> operands = filter instanceof Filter.And and ? and.operands() : List.of(filter);
        List<Candidate> found =
                operands.stream().flatMap(operand -> of(operand).stream()).toList();
        return found.stream().anyMatch(Candidate::direct)
                ? List.of()
                : found.stream()
                        .sorted(Comparator.comparing(Candidate::union))
                        .limit(MOST_DRIVERS)
                        .toList();
    }

    /** The candidates of {@code filter}; empty where no index narrows it. */
    Optional<Candidate> of(Filter filter) {
        return switch (filter) {
            case Filter.Comparison comparison -> equality(comparison);
            case Filter.ValuePath path -> of(path.valueFilter());
            case Filter.And and ->
                and.operands().stream()
                        .flatMap(operand -> of(operand).stream())
                        .min(Comparator.comparing(Candidate::union).thenComparing(candidate -> !candidate.direct()));
            case Filter.Or or -> union(or.operands());
            case Filter.Present present -> Optional.empty();
            case Filter.Not not -> Optional.empty();
            case Filter.Constant constant -> Optional.empty();
        };
    }

    private Optional<Candidate> union(List<Filter> operands) {
        List<Candidate> all =
                operands.stream().flatMap(operand -> of(operand).stream()).toList();
        return all.size() < operands.size()
                ? Optional.empty()
                : Optional.of(new Candidate(
                        false,
                        true,
                        parameters -> all.stream()
                                .map(candidate -> candidate.select(parameters))
                                .collect(Collectors.joining(" union all "))));
    }

    private Optional<Candidate> equality(Filter.Comparison comparison) {
        if (comparison.operator() != Operator.EQ || comparison.value() instanceof Literal.Null) {
            return Optional.empty();
        }
        AttributeRef attribute = comparison.attribute();
        String value = SqlValue.searched(attribute.target(), comparison.value());
        return Membership.of(type, attribute)
                .map(membership -> byMembership(membership, attribute, value))
                .or(() -> ResourceColumn.of(type, attribute).map(column -> byColumn(column, value)))
                .orElseGet(() -> keys.indexed(attribute) ? Optional.of(byKey(attribute, value)) : Optional.empty());
    }

    private static Optional<Candidate> byMembership(Membership membership, AttributeRef attribute, String value) {
        if (!(membership.value(attribute.subAttribute()) instanceof SqlColumn.Id)) {
            return Optional.empty();
        }
        return Optional.of(new Candidate(
                true,
                false,
                parameters -> "select " + membership.near() + " from membership m where m.tenant_id = $1 and "
                        + idEquals(membership.far(), value, parameters)));
    }

    private Optional<Candidate> byColumn(ResourceColumn column, String value) {
        if (!column.indexed()) {
            return Optional.empty();
        }
        String name = "t." + column.name();
        return Optional.of(new Candidate(
                true,
                false,
                parameters ->
                        "select t.id from resource t where t.tenant_id = $1 and t.type = " + typeParameter + " and "
                                + (column.name().equals("id")
                                        ? idEquals(name, value, parameters)
                                        : name + " = " + parameters.add(value))));
    }

    private static String idEquals(String column, String value, SqlParameters parameters) {
        Optional<UUID> id = SqlColumn.uuid(value);
        return id.map(found -> column + " = " + parameters.add(found)).orElse("false");
    }

    private Candidate byKey(AttributeRef attribute, String value) {
        return new Candidate(
                false,
                false,
                parameters -> "select k.resource_id from resource_key k where k.tenant_id = $1 and k.key = "
                        + parameters.add(keys.key(attribute.toString(), value)));
    }
}
