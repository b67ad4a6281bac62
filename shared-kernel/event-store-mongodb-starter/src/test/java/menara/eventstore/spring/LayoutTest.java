package menara.eventstore.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room of the starter may use which. The root is what an application declares and asks for; all rooms know it. */
@AnalyzeClasses(packages = "menara.eventstore.spring", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    private static final String ROOT = "menara.eventstore.spring";

    @ArchTest
    static final ArchRule rooms_depend_on_each_other_one_way =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_all_rooms_know_knows_no_room =
            noClasses().that().resideInAPackage(ROOT).should().dependOnClassesThat(resideInAPackage(ROOT + ".*.."));

    @ArchTest
    static final ArchRule each_room_is_used_by_those_that_may = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("root")
            .definedBy(ROOT)
            .layer("state")
            .definedBy(ROOT + ".state")
            .layer("read")
            .definedBy(ROOT + ".read")
            .layer("connect")
            .definedBy(ROOT + ".connect")
            .layer("publish")
            .definedBy(ROOT + ".publish")
            .layer("processing")
            .definedBy(ROOT + ".processing")
            .layer("command")
            .definedBy(ROOT + ".command")
            .layer("due")
            .definedBy(ROOT + ".due")
            .layer("boot")
            .definedBy(ROOT + ".boot")
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("publish", "processing", "boot")
            .whereLayer("read")
            .mayOnlyBeAccessedByLayers("processing", "command", "boot")
            .whereLayer("connect")
            .mayOnlyBeAccessedByLayers("processing", "boot")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("processing", "boot")
            .whereLayer("processing")
            .mayOnlyBeAccessedByLayers("command", "boot")
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("boot")
            .whereLayer("due")
            .mayOnlyBeAccessedByLayers("boot")
            .whereLayer("boot")
            .mayNotBeAccessedByAnyLayer();
}
