package menara.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "menara.gateway", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    @ArchTest
    static final ArchRule packages_depend_on_each_other_one_way =
            slices().matching("menara.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_gateway_knows_no_service_and_no_event_store =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("menara.platform..", "org.axonframework..");
}
