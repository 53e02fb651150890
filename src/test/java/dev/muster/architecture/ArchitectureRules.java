package dev.muster.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import dev.muster.Main;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The rules of the house as values, so that one test applies them to Muster and another to classes that break them. A room
 * may be empty: the rules are older than the rooms.
 *
 * @param root the package that the rooms are in, with a dot at its end
 */
record ArchitectureRules(String root) {
    /** Every room and its height: it may use lower rooms only. Rooms of one height do not know each other. */
    private static final Map<String, Integer> FLOORS = floors();

    /** Statements, rows and parameters. Services may hand a connection on (a transaction) and tell errors apart. */
    private static final String SQL_CLIENT =
            "io\\.vertx\\.(mutiny\\.)?(sqlclient|pgclient)\\.(?!SqlConnection$|PgException$).*";

    private static final String POOL = "io\\.vertx\\.(mutiny\\.)?(sqlclient|pgclient)\\.(Pool|PgPool)";

    Stream<ArchRule> all() {
        return Stream.concat(
                floorRules().stream(),
                Stream.of(
                        everyClassIsInARoom(),
                        noCyclesBetweenRooms(),
                        noCyclesInTheKernel(),
                        kernelIsPlainJava(),
                        sqlStaysInRepositories(),
                        poolStaysInThePostgresRoom(),
                        noFieldInjection(),
                        noVagueNames(),
                        noJavaUtilLogging(),
                        noStandardStreams()));
    }

    List<ArchRule> floorRules() {
        List<ArchRule> rules = new ArrayList<>();
        FLOORS.forEach((room, floor) -> rules.add(noClasses()
                .that()
                .resideInAPackage(root + room + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(notBelow(room, floor)))
                .as("the room " + room + " imports from the rooms below it only")
                .allowEmptyShould(true)));
        return rules;
    }

    ArchRule everyClassIsInARoom() {
        return classes()
                .should()
                .haveNameMatching(root.replace(".", "\\.") + "((" + String.join("|", FLOORS.keySet()) + ")\\..*|[^.]+)")
                .as("every class is in a room of the table, where the rules see it")
                .allowEmptyShould(true);
    }

    ArchRule noCyclesBetweenRooms() {
        return slices().matching(root + "(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule noCyclesInTheKernel() {
        return slices().matching(root + "scim.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule kernelIsPlainJava() {
        return classes()
                .that()
                .resideInAPackage(root + "scim..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        root + "scim..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations.."))
                .as("the kernel knows the JDK, Jackson and JSpecify only")
                .allowEmptyShould(true);
    }

    ArchRule sqlStaysInRepositories() {
        return noClasses()
                .that(resideOutsideOfPackages(root + "postgres..", "..sql..")
                        .and(not(nameMatching(".*Repository(\\$.*)?"))))
                .should()
                .dependOnClassesThat(nameMatching(SQL_CLIENT))
                .as("only the postgres room, repositories and sql packages run SQL")
                .allowEmptyShould(true);
    }

    ArchRule poolStaysInThePostgresRoom() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "postgres..")
                .should()
                .dependOnClassesThat(nameMatching(POOL))
                .as("connections come from the postgres room, which binds the tenant: nothing else sees the pool")
                .allowEmptyShould(true);
    }

    ArchRule noFieldInjection() {
        return fields().should()
                .notBeAnnotatedWith(Inject.class)
                .andShould()
                .notBeAnnotatedWith(ConfigProperty.class)
                .as("dependencies come through the constructor")
                .allowEmptyShould(true);
    }

    ArchRule noVagueNames() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)(\\$.*)?")
                .as("a class is named for what it is, not Util, Helper or Manager")
                .allowEmptyShould(true);
    }

    ArchRule noJavaUtilLogging() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .as("logging goes through org.jboss.logging")
                .allowEmptyShould(true);
    }

    ArchRule noStandardStreams() {
        return noClasses()
                .that(not(belongToAnyOf(Main.class)))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .as("only Main writes to the terminal itself")
                .allowEmptyShould(true);
    }

    private String[] notBelow(String room, int floor) {
        return FLOORS.entrySet().stream()
                .filter(other -> other.getValue() >= floor && !other.getKey().equals(room))
                .map(other -> root + other.getKey() + "..")
                .toArray(String[]::new);
    }

    private static Map<String, Integer> floors() {
        Map<String, Integer> floors = new LinkedHashMap<>();
        floors.put("console", 50);
        floors.put("admin", 50);
        floors.put("endpoint", 50);
        floors.put("oauth", 50);
        floors.put("product", 50);
        floors.put("rest", 45);
        floors.put("delivery", 40);
        floors.put("account", 30);
        floors.put("audit", 21);
        floors.put("directory", 20);
        floors.put("tenant", 11);
        floors.put("postgres", 10);
        floors.put("limit", 5);
        floors.put("stream", 4);
        floors.put("scim", 0);
        return floors;
    }
}
