package menara.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
    static final ArchRule the_gateway_knows_no_service_and_no_event_store = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("menara.eventstore..", "org.axonframework..", "com.mongodb..", "org.bson..");

    @ArchTest
    static final ArchRule of_the_platform_the_gateway_uses_what_speaks_http = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("menara.platform..").and(not(resideInAPackage("menara.platform.web"))));
}
