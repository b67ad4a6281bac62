package menara.eventstore.spring;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.common.annotation.Internal;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;

/** What Axon may change without notice is known by two classes that build on it, which say so. */
@AnalyzeClasses(packages = "menara.eventstore.spring", importOptions = DoNotIncludeTests.class)
class AxonSeamTest {

    @ArchTest
    static final ArchRule what_is_internal_to_axon_is_known_where_axon_is_put_together = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(AxonAssembly|ProcessorFactory)(\\$.*)?")
            .should()
            .dependOnClassesThat(annotatedWith(Internal.class).forSubtype());

    @ArchTest
    static final ArchRule segments_and_tokens_are_left_to_the_event_store = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Segment.class.getName())
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(TokenStore.class.getName());
}
