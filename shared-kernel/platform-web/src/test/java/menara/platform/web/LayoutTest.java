package menara.platform.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "menara.platform")
class LayoutTest {

    @ArchTest
    static final ArchRule what_speaks_http_knows_no_event_store_and_no_database = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("menara.eventstore..", "org.axonframework..", "com.mongodb..", "org.bson..");
}
