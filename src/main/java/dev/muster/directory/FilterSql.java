package dev.muster.directory;

import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns filters over the resources of one type into SQL that gives exactly what the filter means: the caller's statement is
 * {@code select … from resource r where r.tenant_id = $1 and r.type = $2 and (<condition>)}. Immutable.
 *
 * <p>Nothing that a client sends stands in the text. Null, SQL's third truth value, does no harm in {@code and} and {@code or}
 * at the top of a {@code where} clause; where a filter negates, null becomes false first.
 */
public final class FilterSql {

    private final ResourceType type;
    private final TenantScope scope;
    private final FilterCandidates candidates;

    /** @param scope members outside of it are none */
    FilterSql(ResourceType type, TenantScope scope) {
        this(type, scope, "$2");
    }

    /** @param typeParameter the placeholder of the type's name, where it is not {@code $2} */
    FilterSql(ResourceType type, TenantScope scope, String typeParameter) {
        this.type = type;
        this.scope = scope;
        this.candidates = new FilterCandidates(type, typeParameter);
    }

    /**
     * The condition for {@code filter}.
     *
     * @param firstParameter the number of the first placeholder of its own, at least 3
     */
    public SqlCondition condition(Filter filter, int firstParameter) {
        SqlParameters parameters = new SqlParameters(firstParameter);
        String driver = candidates.drivers(filter).stream()
                .map(candidate -> "r.id in (" + candidate.select(parameters) + ") and ")
                .collect(Collectors.joining());
        String exact = exact(filter, parameters);
        return new SqlCondition(driver.isEmpty() ? exact : driver + "(" + exact + ")", parameters.values());
    }

    /** The condition for {@code filter} alone, where something else leads to the resources that it is asked about. */
    String exact(Filter filter, SqlParameters parameters) {
        return new Writer(parameters, new OfResource(parameters)).write(filter);
    }

    /**
     * The condition that a row of table {@code membership}, alias {@code m}, meets a value filter on a group's
     * {@code members}; {@code o} is the member.
     *
     * @param firstParameter the number of the first placeholder of its own, at least 2
     */
    SqlCondition memberCondition(Filter valueFilter, int firstParameter) {
        SqlParameters parameters = new SqlParameters(firstParameter);
        Membership membership = type.resolve(null, "members", null)
                .flatMap(members -> Membership.of(type, members))
                .orElseThrow();
        return new SqlCondition(
                new Writer(parameters, new OfMembership(membership, parameters)).write(valueFilter),
                parameters.values());
    }

    /** Where the references of a filter are looked up. */
    private interface Scope {

        /** Never with {@code ne} or {@code null}. */
        String comparison(Filter.Comparison comparison);

        String present(AttributeRef attribute);

        String valuePath(Filter.ValuePath path);
    }

    private record Writer(SqlParameters parameters, Scope scope) {

        String write(Filter filter) {
            return switch (filter) {
                case Filter.Comparison comparison -> comparison(comparison);
                case Filter.Present present -> scope.present(present.attribute());
                case Filter.And and -> chain(and.operands(), " and ");
                case Filter.Or or -> chain(or.operands(), " or ");
                case Filter.Not not -> negated(write(not.operand()));
                case Filter.ValuePath path -> scope.valuePath(path);
                case Filter.Constant constant -> String.valueOf(constant.holds());
            };
        }

        private String comparison(Filter.Comparison comparison) {
            if (comparison.value() instanceof Literal.Null) {
                String present = scope.present(comparison.attribute());
                return comparison.operator() == Operator.EQ ? negated(present) : present;
            }
            if (comparison.operator() != Operator.NE) {
                return scope.comparison(comparison);
            }
            return negated(
                    scope.comparison(new Filter.Comparison(comparison.attribute(), Operator.EQ, comparison.value())));
        }

        private String chain(List<Filter> operands, String keyword) {
            return operands.stream().map(operand -> "(" + write(operand) + ")").collect(Collectors.joining(keyword));
        }

        private static String negated(String condition) {
            return "not coalesce((" + condition + "), false)";
        }
    }

    /** References to attributes of the resource {@code r}. */
    private final class OfResource implements Scope {

        private final SqlParameters parameters;

        private OfResource(SqlParameters parameters) {
            this.parameters = parameters;
        }

        @Override
        public String comparison(Filter.Comparison comparison) {
            AttributeRef attribute = comparison.attribute();
            return memberships(attribute, comparison)
                    .or(() -> column(attribute).map(column -> compared(column, comparison, parameters)))
                    .orElseGet(() -> values(attribute).any(value -> compared(value, comparison, parameters)));
        }

        @Override
        public String present(AttributeRef attribute) {
            if (isMeta(attribute)) {
                return "true";
            }
            return memberships(attribute, new Filter.Present(attribute))
                    .or(() -> column(attribute).map(SqlColumn::present))
                    .orElseGet(() -> values(attribute)
                            .any(value -> scalar(value, attribute).present()));
        }

        @Override
        public String valuePath(Filter.ValuePath path) {
            AttributeRef attribute = path.attribute();
            if (isMeta(attribute)) {
                return new Writer(parameters, this).write(path.valueFilter());
            }
            return memberships(attribute, path.valueFilter())
                    .orElseGet(() -> values(attribute)
                            .any(value -> value.json() + " is not null and ("
                                    + new Writer(parameters, new OfElement(value, parameters)).write(path.valueFilter())
                                    + ")"));
        }

        private Optional<String> memberships(AttributeRef attribute, Filter filter) {
            return Membership.of(type, attribute).map(membership -> {
                String condition = new Writer(parameters, new OfMembership(membership, parameters)).write(filter);
                boolean selective = candidates
                        .of(filter)
                        .filter(FilterCandidates.Candidate::direct)
                        .isPresent();
                String shown = membership.ofMembers() ? scope.andShownMember(parameters) : "";
                return membership.any("(" + condition + ")" + shown, selective);
            });
        }

        private Optional<SqlColumn> column(AttributeRef attribute) {
            return ResourceColumn.of(type, attribute).map(ResourceColumn::value);
        }

        private static boolean isMeta(AttributeRef attribute) {
            return attribute.toString().equals("meta");
        }

        private static JsonValues values(AttributeRef attribute) {
            JsonValues whole =
                    JsonValues.member(JsonValues.document(attribute.extension()), attribute.attribute(), "e");
            return Optional.ofNullable(attribute.subAttribute())
                    .map(whole::member)
                    .orElse(whole);
        }
    }

    /** References of a value filter, to one value of the attribute. */
    private record OfElement(JsonValues element, SqlParameters parameters) implements Scope {

        @Override
        public String comparison(Filter.Comparison comparison) {
            return values(comparison.attribute()).any(value -> compared(value, comparison, parameters));
        }

        @Override
        public String present(AttributeRef attribute) {
            return values(attribute).any(value -> scalar(value, attribute).present());
        }

        @Override
        public String valuePath(Filter.ValuePath path) {
            throw new IllegalArgumentException("value filters do not nest (RFC 7644 §3.4.2.2)");
        }

        private JsonValues values(AttributeRef attribute) {
            JsonValues itself = new JsonValues(List.of(), element.json(), element.text());
            return Optional.ofNullable(attribute.subAttribute())
                    .map(itself::member)
                    .orElse(itself);
        }
    }

    /** References to one membership. */
    private record OfMembership(Membership membership, SqlParameters parameters) implements Scope {

        @Override
        public String comparison(Filter.Comparison comparison) {
            return compared(membership.value(comparison.attribute().subAttribute()), comparison, parameters);
        }

        @Override
        public String present(AttributeRef attribute) {
            return membership.value(attribute.subAttribute()).present();
        }

        @Override
        public String valuePath(Filter.ValuePath path) {
            throw new IllegalArgumentException("value filters do not nest (RFC 7644 §3.4.2.2)");
        }
    }

    private static SqlValue scalar(JsonValues value, AttributeRef attribute) {
        return SqlValue.of(attribute.target(), value.json(), value.text());
    }

    private static String compared(JsonValues value, Filter.Comparison comparison, SqlParameters parameters) {
        return compared(scalar(value, comparison.attribute()), comparison, parameters);
    }

    private static String compared(SqlValue value, Filter.Comparison comparison, SqlParameters parameters) {
        return value.comparison(comparison.attribute().target(), comparison.operator(), comparison.value(), parameters);
    }
}
