package menara.eventstore.mongodb;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room of the store may use which. The engine puts them together; the rest of what lies beside it is known by all of them. */
@AnalyzeClasses(packages = "menara.eventstore.mongodb", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    private static final String ROOT = "menara.eventstore.mongodb";

    @ArchTest
    static final ArchRule rooms_depend_on_each_other_one_way =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule each_room_is_used_by_those_that_may = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("root")
            .definedBy(ROOT)
            .layer("machine")
            .definedBy(ROOT + ".machine")
            .layer("database")
            .definedBy(ROOT + ".database")
            .layer("commitlog")
            .definedBy(ROOT + ".commitlog")
            .layer("commit")
            .definedBy(ROOT + ".commit")
            .layer("log")
            .definedBy(ROOT + ".log")
            .layer("read")
            .definedBy(ROOT + ".read")
            .layer("append")
            .definedBy(ROOT + ".append")
            .layer("processing")
            .definedBy(ROOT + ".processing")
            .layer("due")
            .definedBy(ROOT + ".due")
            .layer("verify")
            .definedBy(ROOT + ".verify")
            .layer("snapshots")
            .definedBy(ROOT + ".snapshots")
            .whereLayer("machine")
            .mayOnlyBeAccessedByLayers("root", "database", "commitlog", "log", "read", "append", "processing")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("root", "commitlog", "log", "read", "append", "processing", "due", "snapshots")
            .whereLayer("commitlog")
            .mayOnlyBeAccessedByLayers("root", "commit", "log", "append", "processing")
            .whereLayer("commit")
            .mayOnlyBeAccessedByLayers("root", "log", "read", "append", "processing", "verify")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("root", "read", "append", "processing")
            .whereLayer("read")
            .mayOnlyBeAccessedByLayers("root", "append")
            .whereLayer("append")
            .mayOnlyBeAccessedByLayers("root", "processing")
            .whereLayer("processing")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("due")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("verify")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("snapshots")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_room_knows_the_engine = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat(equivalentTo(MongoEventStorageEngine.class)
                    .or(equivalentTo(MongoEventStorageEngine.Builder.class)));

    @ArchTest
    static final ArchRule what_all_rooms_know_knows_no_room = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .haveNameNotMatching(".*MongoEventStorageEngine.*")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + ".*.."));

    @ArchTest
    static final ArchRule the_commit_log_knows_of_no_events = noClasses()
            .that()
            .resideInAPackage(ROOT + ".commitlog")
            .should()
            .dependOnClassesThat(resideInAPackage("org.axonframework.."));

    @ArchTest
    static final ArchRule the_machine_is_of_use_without_the_store = classes()
            .that()
            .resideInAPackage(ROOT + ".machine")
            .should()
            .onlyDependOnClassesThat(resideInAPackage(ROOT + ".machine")
                    .or(resideInAPackage("java.."))
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("org.jspecify..")));
}
