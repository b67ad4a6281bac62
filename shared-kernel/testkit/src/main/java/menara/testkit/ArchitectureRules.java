package menara.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.mongodb.client.MongoCollection;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The layout and the direction of dependencies, held in every service. Extend it and name the service. */
public abstract class ArchitectureRules {

    private static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");

    /** How the names of a collection's methods begin that change it. */
    private static final List<String> WRITES =
            List.of("insert", "update", "replace", "delete", "bulkWrite", "findOneAnd", "drop", "rename");

    private static final Path SOURCES = Path.of("src/main/java");

    private final String service;

    protected ArchitectureRules(String service) {
        this.service = service;
    }

    @TestFactory
    Stream<DynamicTest> the_house_rules_hold() {
        var app = appClasses();
        return rules().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(app)));
    }

    @TestFactory
    Stream<DynamicTest> the_grammar_of_a_slice_is_kept() {
        var app = appClasses();
        var grammar = SliceGrammar.rules("menara." + service, app)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(app)));
        var rooms = DynamicTest.dynamicTest("files and folders are small", () -> SmallRooms.check(SOURCES));
        return Stream.concat(grammar, Stream.of(rooms));
    }

    private JavaClasses appClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("menara." + service);
    }

    private Stream<ArchRule> rules() {
        return Stream.of(
                appsDoNotKnowEachOther(),
                contractsAreValuesOnly(),
                slicesHaveNoCycles(),
                decisionsArePure(),
                theClockIsReadAtTheEdge(),
                packagesAreNullMarked(),
                handlersWriteBehindTheFence(),
                onlyTheEventStoreTouchesTheEngine());
    }

    private ArchRule appsDoNotKnowEachOther() {
        var others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(other -> "menara." + other)
                .toArray(String[]::new);
        var foreignApps = Stream.of(others).map(other -> other + "..").toArray(String[]::new);
        var foreignContracts =
                Stream.of(others).map(other -> other + ".contract..").toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(".*")
                        .and(JavaClass.Predicates.resideInAnyPackage(foreignApps))
                        .and(JavaClass.Predicates.resideOutsideOfPackages(foreignContracts))
                        .forSubtype())
                .as("an app knows other services by their contracts only")
                .allowEmptyShould(true);
    }

    private ArchRule contractsAreValuesOnly() {
        return classes()
                .that()
                .resideInAPackage("menara." + service + ".contract..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "menara.values..", "menara." + service + ".contract..", "org.jspecify..")
                .as("a contract needs the JDK and values only")
                .allowEmptyShould(true);
    }

    private ArchRule slicesHaveNoCycles() {
        return slices().matching("menara." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .as("slices do not depend on each other in a circle")
                .allowEmptyShould(true);
    }

    private ArchRule decisionsArePure() {
        return methods()
                .that()
                .haveName("decide")
                .should(touchNothingBut("java..", "menara.values..", "menara." + service + "..", "org.jspecify.."))
                .as("decide is pure: no clock, no input or output, no framework")
                .allowEmptyShould(true);
    }

    private static ArchCondition<com.tngtech.archunit.core.domain.JavaMethod> touchNothingBut(String... packages) {
        var allowed = JavaClass.Predicates.resideInAnyPackage(packages);
        var impure = List.of(
                "java.time.Clock", "java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.lang.System");
        return new ArchCondition<>("touch pure code only") {
            @Override
            public void check(com.tngtech.archunit.core.domain.JavaMethod method, ConditionEvents events) {
                method.getAccessesFromSelf().forEach(access -> {
                    var owner = access.getTargetOwner().getBaseComponentType();
                    boolean fine = (owner.isPrimitive() || allowed.test(owner)) && !impure.contains(owner.getName());
                    if (!fine) {
                        events.add(SimpleConditionEvent.violated(method, access.getDescription()));
                    }
                });
            }
        };
    }

    private ArchRule theClockIsReadAtTheEdge() {
        return noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .as("time and ids come from Clock and IdFactory")
                .allowEmptyShould(true);
    }

    private ArchRule packagesAreNullMarked() {
        return classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should(new ArchCondition<>("live in a null-marked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(
                                    SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .as("every package is null-marked")
                .allowEmptyShould(true);
    }

    private ArchRule onlyTheEventStoreTouchesTheEngine() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.axonframework.eventsourcing.eventstore.EventStorageEngine")
                .as("Axon's internal engine interface stays in the event store")
                .allowEmptyShould(true);
    }

    /** Whatever a handler of events calls, as far as the service's own code goes: a write of its own would pass the fence. */
    private ArchRule handlersWriteBehindTheFence() {
        return methods()
                .that()
                .areAnnotatedWith(EventHandler.class)
                .should(new ArchCondition<>("write documents through a ReadModel only") {
                    @Override
                    public void check(JavaMethod handler, ConditionEvents events) {
                        reached(handler).stream()
                                .flatMap(unit -> unit.getMethodCallsFromSelf().stream())
                                .filter(call -> call.getTargetOwner().isEquivalentTo(MongoCollection.class)
                                        && WRITES.stream().anyMatch(call.getName()::startsWith))
                                .forEach(call ->
                                        events.add(SimpleConditionEvent.violated(handler, call.getDescription())));
                    }
                })
                .as("what handles events writes documents through a ReadModel only")
                .allowEmptyShould(true);
    }

    private Set<JavaCodeUnit> reached(JavaMethod handler) {
        var reached = new HashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>(List.of(handler));
        while (!open.isEmpty()) {
            var unit = open.remove();
            if (reached.add(unit)) {
                unit.getMethodCallsFromSelf().stream()
                        .flatMap(call -> call.getTarget().resolveMember().stream())
                        .filter(called -> called.getOwner().getPackageName().startsWith("menara." + service))
                        .forEach(open::add);
            }
        }
        return reached;
    }
}
