package menara.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.Policy;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.PublishedEvent;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.springframework.web.bind.annotation.RestController;

/** How a slice is cut: the same names for the same things in every service. */
final class SliceGrammar {

    private static final Pattern POLICY = Pattern.compile("When.+Then.+");

    /** How the names of a {@link ReadModel}'s methods begin that change it. */
    private static final List<String> WRITES = List.of("upsert", "put", "update");

    private static final Set<String> IMPURE =
            Set.of("java.time.Clock", "java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.lang.System");

    private final String app;
    private final JavaClasses imported;

    private SliceGrammar(String app, JavaClasses imported) {
        this.app = app;
        this.imported = imported;
    }

    /**
     * @param app the package of a service
     * @param imported its classes
     */
    static Stream<ArchRule> rules(String app, JavaClasses imported) {
        var grammar = new SliceGrammar(app, imported);
        return Stream.of(
                        grammar.annotatedIsNamed(RestController.class, "…Controller", Pattern.compile(".+Controller")),
                        grammar.annotatedIsNamed(
                                CommandShell.class, "…CommandHandler", Pattern.compile(".+CommandHandler")),
                        grammar.annotatedIsNamed(Policy.class, "When…Then…", POLICY),
                        grammar.annotatedIsNamed(Projection.class, "…ReadModel", Pattern.compile(".+ReadModel")),
                        grammar.commandsAreAFamily(),
                        grammar.commandsAppend(),
                        grammar.decisionsStandApart(),
                        grammar.decisionsArePureAllTheWay(),
                        grammar.documentsAreKeptByReadModels(),
                        grammar.slicesWriteTheirOwnDocuments(),
                        grammar.contractsAreSpokenInPublishing(),
                        grammar.aPublishedFactHasItsPrivateName())
                .map(rule -> rule.allowEmptyShould(true));
    }

    private ArchRule annotatedIsNamed(
            Class<? extends java.lang.annotation.Annotation> annotation, String form, Pattern name) {
        return classes()
                .that()
                .areAnnotatedWith(annotation)
                .should(condition((type, events) -> violatedIf(
                        !name.matcher(outermost(type).getSimpleName()).matches(),
                        type,
                        "is not named " + form,
                        events)))
                .as("what is a %s is named %s".formatted(annotation.getSimpleName(), form));
    }

    private ArchRule commandsAreAFamily() {
        return methods()
                .that()
                .areAnnotatedWith(CommandHandler.class)
                .should(condition((JavaMethod handler, ConditionEvents events) -> {
                    var family = handler.getRawParameterTypes().getFirst().getEnclosingClass();
                    boolean fits = family.filter(found -> found.isInterface()
                                    && found.getSimpleName().endsWith("Commands")
                                    && found.getPackage()
                                            .equals(handler.getOwner().getPackage()))
                            .isPresent();
                    violatedIf(!fits, handler, "takes no record of the …Commands of its slice", events);
                }))
                .as("the commands of a slice are the records of its …Commands");
    }

    private ArchRule commandsAppend() {
        return methods()
                .that()
                .areAnnotatedWith(CommandHandler.class)
                .should(condition((JavaMethod handler, ConditionEvents events) -> violatedIf(
                        handler.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(EventAppender.class)),
                        handler,
                        "appends nothing",
                        events)))
                .as("a command may append events: what only reads is a query");
    }

    private ArchRule decisionsStandApart() {
        return methods()
                .that()
                .haveName("decide")
                .should(condition((JavaMethod decide, ConditionEvents events) -> violatedIf(
                        !decide.getOwner().getSimpleName().endsWith("Decisions"),
                        decide,
                        "stands in no …Decisions",
                        events)))
                .as("decisions stand in …Decisions");
    }

    private ArchRule decisionsArePureAllTheWay() {
        return classes()
                .that()
                .haveSimpleNameEndingWith("Decisions")
                .should(condition((type, events) -> reached(type.getCodeUnits()).stream()
                        .flatMap(unit -> unit.getAccessesFromSelf().stream())
                        .filter(access -> !isPure(access))
                        .forEach(access -> events.add(SimpleConditionEvent.violated(type, access.getDescription())))))
                .as("a decision, and all that it calls, knows no framework, no web and no clock");
    }

    private boolean isPure(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getBaseComponentType();
        boolean known = owner.isPrimitive()
                || JavaClass.Predicates.resideInAnyPackage("java..", "menara.values..", app + "..")
                        .test(owner);
        return known && !IMPURE.contains(owner.getName());
    }

    private ArchRule documentsAreKeptByReadModels() {
        return noClasses()
                .that(new DescribedPredicate<JavaClass>("are no …ReadModel") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !outermost(type).getSimpleName().endsWith("ReadModel");
                    }
                })
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ReadModel.class)
                .as("documents, their projection and their queries stand together in a …ReadModel");
    }

    private ArchRule slicesWriteTheirOwnDocuments() {
        return classes()
                .should(condition((type, events) -> type.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().getSimpleName().endsWith("ReadModel")
                                && call.getTargetOwner().getPackageName().startsWith(app)
                                && !call.getTargetOwner().getPackage().equals(type.getPackage()))
                        .filter(call ->
                                call.getTarget().resolveMember().stream().anyMatch(this::writes))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(type, call.getDescription())))))
                .as("a slice writes its own documents only");
    }

    private boolean writes(JavaMethod called) {
        return reached(Set.of(called)).stream()
                .flatMap(unit -> unit.getMethodCallsFromSelf().stream())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ReadModel.class)
                        && WRITES.stream().anyMatch(call.getName()::startsWith));
    }

    private ArchRule contractsAreSpokenInPublishing() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(app + ".publishing..", app + ".contract..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(app + ".contract..")
                .as("only publishing knows the service's own contract");
    }

    private ArchRule aPublishedFactHasItsPrivateName() {
        var names = imported.stream()
                .flatMap(type -> type.tryGetAnnotationOfType(Event.class).stream())
                .map(Event::name)
                .collect(Collectors.toSet());
        return classes()
                .that()
                .areAnnotatedWith(PublishedEvent.class)
                .should(condition((type, events) -> violatedIf(
                        !names.contains(
                                type.getAnnotationOfType(PublishedEvent.class).name()),
                        type,
                        "is published under a name that no private event has",
                        events)))
                .as("a fact is published under the name under which it is stored");
    }

    /** What the units call, directly or not, as far as the service's own code goes; they themselves are part of it. */
    private Set<JavaCodeUnit> reached(Collection<? extends JavaCodeUnit> units) {
        var reached = new LinkedHashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>(new HashSet<>(units));
        while (!open.isEmpty()) {
            var unit = open.remove();
            if (reached.add(unit)) {
                unit.getAccessesFromSelf().stream()
                        .filter(access ->
                                access.getTargetOwner().getPackageName().startsWith(app))
                        .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget)
                        .flatMap(access -> access.getTarget().resolveMember().stream())
                        .forEach(called -> open.add((JavaCodeUnit) called));
            }
        }
        return reached;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(SliceGrammar::outermost).orElse(type);
    }

    private static <T> ArchCondition<T> condition(BiConsumer<T, ConditionEvents> check) {
        return new ArchCondition<>("keep the grammar") {
            @Override
            public void check(T item, ConditionEvents events) {
                check.accept(item, events);
            }
        };
    }

    private static void violatedIf(boolean violated, Object item, String how, ConditionEvents events) {
        if (violated) {
            events.add(SimpleConditionEvent.violated(item, item + " " + how));
        }
    }
}
