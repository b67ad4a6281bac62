package menara.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The order of the slices, as the README says it. */
class LayoutTest {

    private static final JavaClasses BILLING = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("menara.billing");

    @Test
    void slices_depend_on_each_other_in_one_direction() {
        slices().matching("menara.billing.(*)..").should().beFreeOfCycles().check(BILLING);
    }

    @Test
    void rating_and_decisions_know_no_database_and_no_web() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Decisions")
                .or()
                .haveSimpleNameStartingWith("Rat")
                .or()
                .haveSimpleName("Quantity")
                .or()
                .haveSimpleName("HourWindows")
                .or()
                .haveSimpleName("UsageRules")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.mongodb..", "org.springframework..", "org.axonframework.messaging.core..")
                .check(BILLING);
    }
}
