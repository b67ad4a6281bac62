package menara.eventstore.mongodb;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import org.axonframework.common.annotation.Internal;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;

/** What Axon may change without notice is known by few classes, which say so: another version of Axon is met in them. */
@AnalyzeClasses(packages = "menara.eventstore.mongodb", importOptions = DoNotIncludeTests.class)
class AxonSeamTest {

    private static final DescribedPredicate<JavaClass> ENGINE = in("MongoEventStorageEngine");
    private static final DescribedPredicate<JavaClass> SOURCED = in("read.SourcedStream");
    private static final DescribedPredicate<JavaClass> TOKENS = in("processing.MongoTokenStore");
    private static final DescribedPredicate<JavaClass> SEGMENTS =
            in("processing.SegmentChange").or(in("processing.SegmentDocuments"));

    private static final DescribedPredicate<JavaClass> INTERNAL =
            annotatedWith(Internal.class).forSubtype();

    private static final DescribedPredicate<JavaClass> SPI = assignableTo(EventStorageEngine.class)
            .or(assignableTo(TokenStore.class))
            .or(assignableTo(Segment.class))
            .and(nameStartingWith("org.axonframework."))
            .forSubtype();

    /** A class of ours with all that is within it. */
    private static DescribedPredicate<JavaClass> in(String type) {
        var name = "menara.eventstore.mongodb." + type;
        return DescribedPredicate.describe(
                type, found -> found.getName().equals(name) || found.getName().startsWith(name + "$"));
    }

    @ArchTest
    static void what_is_internal_to_axon_is_known_by_the_engine_and_the_ends_of_its_streams(JavaClasses store) {
        noClasses()
                .that(DescribedPredicate.not(ENGINE.or(SOURCED).or(TOKENS).or(SEGMENTS)))
                .should()
                .dependOnClassesThat(INTERNAL.or(SPI))
                .check(store);
    }

    @ArchTest
    static void the_engine_of_axon_is_known_by_ours_alone(JavaClasses store) {
        noClasses()
                .that(DescribedPredicate.not(ENGINE))
                .should()
                .dependOnClassesThat(assignableTo(EventStorageEngine.class).and(nameStartingWith("org.axonframework.")))
                .check(store);
    }

    @ArchTest
    static void the_token_store_of_axon_is_known_by_ours_alone(JavaClasses store) {
        noClasses()
                .that(DescribedPredicate.not(TOKENS))
                .should()
                .dependOnClassesThat(assignableTo(TokenStore.class).and(nameStartingWith("org.axonframework.")))
                .check(store);
    }

    /** Otherwise the rules would hold of nothing. */
    @ArchTest
    static void axon_says_of_its_classes_that_they_are_internal(JavaClasses store) {
        assertThat(store.get(MongoEventStorageEngine.class).getDirectDependenciesFromSelf())
                .anyMatch(dependency -> dependency.getTargetClass().isAnnotatedWith(Internal.class));
    }
}
