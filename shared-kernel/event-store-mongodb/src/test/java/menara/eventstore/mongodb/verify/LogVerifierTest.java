package menara.eventstore.mongodb.verify;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.client.MongoCollection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.eventstore.mongodb.verify.LogVerifier.Finding;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log is damaged in one way, and the verifier says in which and where. */
class LogVerifierTest {

    private static final String LOG = "events";
    private static final Tag TAG = new Tag("counter", "1");

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private MongoCollection<Document> stored() {
        return mongo.database().getCollection(LOG);
    }

    private MongoEventStorageEngine engine(ReadStrategy strategy) {
        return MongoEventStorageEngine.builder(mongo.database(), CONVERTER)
                .readStrategy(strategy)
                .open();
    }

    /** Commits at 0, 2, 4, 6 and 8. */
    private void appendFivePairs(ReadStrategy strategy) throws Exception {
        try (var engine = engine(strategy)) {
            for (int i = 0; i < 5; i++) {
                TestEvents.append(engine, tagged("a" + i, TAG), tagged("b" + i, new Tag("counter", "" + i)));
            }
        }
    }

    private List<Finding> verified(String... processors) {
        var findings = new ArrayList<Finding>();
        LogVerifier.verify(mongo.database(), LOG, Set.of(processors), findings::add);
        return findings;
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void a_log_as_the_store_writes_it_is_whole(ReadStrategy strategy) throws Exception {
        appendFivePairs(strategy);

        var summary = LogVerifier.verify(mongo.database(), LOG, Set.of(), finding -> {});

        assertThat(summary).isEqualTo(new LogVerifier.Summary(5, 10, 0));
    }

    @Test
    void a_missing_commit_is_a_gap_at_its_position() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().deleteOne(eq(4L));

        assertThat(verified()).anySatisfy(finding -> {
            assertThat(finding.position()).isEqualTo(4);
            assertThat(finding.what()).contains("gap", "4 to 5");
            assertThat(finding.repair()).contains("backup");
        });
    }

    @Test
    void a_commit_within_another_one_overlaps_it() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().insertOne(copyOf(8)
                .append("_id", 5L)
                .append("events", List.of())
                .append("n", 0)
                .append("tags", List.of()));

        assertThat(verified()).anySatisfy(finding -> {
            assertThat(finding.position()).isEqualTo(5);
            assertThat(finding.what()).contains("overlap");
        });
    }

    private Document copyOf(long position) {
        return stored().find(eq(position)).first();
    }

    @Test
    void a_commit_that_names_another_one_before_it_is_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().updateOne(eq(6L), set("cid", copyOf(8).get("cid")));

        assertThat(verified()).singleElement().satisfies(finding -> {
            assertThat(finding.position()).isEqualTo(8);
            assertThat(finding.what()).contains("names another one");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void an_event_that_is_there_twice_is_told_with_both_places(ReadStrategy strategy) throws Exception {
        appendFivePairs(strategy);
        stored().insertOne(copyOf(2).append("_id", 10L).append("prev", copyOf(8).get("cid")));

        assertThat(verified())
                .extracting(Finding::position, finding -> finding.what().replaceAll("event [^ ]+", "event"))
                .containsExactly(
                        tuple(10L, "event is stored twice, at 2 and here"),
                        tuple(11L, "event is stored twice, at 3 and here"));
    }

    @Test
    void tags_of_a_commit_that_are_not_those_of_its_events_are_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().updateOne(eq(2L), set("tags", List.of("counter=1", "counter=7")));

        assertThat(verified()).singleElement().satisfies(finding -> {
            assertThat(finding.position()).isEqualTo(2);
            assertThat(finding.what()).contains("counter=7");
        });
    }

    @Test
    void a_commit_that_miscounts_its_events_is_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().updateOne(eq(8L), set("n", 3));

        assertThat(verified())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("3 events"));
    }

    @Test
    void a_document_that_is_no_commit_is_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().insertOne(new Document("_id", 10L));

        assertThat(verified())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("no commit"));
    }

    @Test
    void a_commit_of_a_later_format_is_told_and_nobody_reads_it_as_if_it_were_known() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().updateOne(eq(4L), set("v", CommitCodec.FORMAT + 1));

        assertThat(verified()).singleElement().satisfies(finding -> {
            assertThat(finding.position()).isEqualTo(4);
            assertThat(finding.what()).contains("format 2");
        });
        assertThatThrownBy(() -> engine(ReadStrategy.INDEXED))
                .hasMessageContaining("format 2")
                .hasMessageContaining("update this process");
    }

    @Test
    void a_commit_of_before_there_were_formats_is_read() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        stored().updateMany(new Document(), new Document("$unset", new Document("v", "")));

        assertThat(verified()).isEmpty();
        try (var engine = engine(ReadStrategy.INDEXED)) {
            assertThat(TestEvents.source(engine, EventCriteria.havingTags(TAG)).events())
                    .hasSize(6);
        }
    }

    @Test
    void what_was_published_of_events_that_are_not_there_any_more_is_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        try (var published = PublishedLog.open(
                mongo.database(), "published", ReadStrategy.AUTO, CONVERTER, Limits.DEFAULT, Clock.systemUTC())) {
            published.append(published.state(), List.of(TestEvents.event("published")), 10);
        }
        var findings = new ArrayList<Finding>();
        LogVerifier.verify(mongo.database(), "published", Set.of(), findings::add);
        assertThat(findings).isEmpty();
        stored().deleteOne(eq(8L));

        LogVerifier.verify(mongo.database(), "published", Set.of(), findings::add);

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("up to 10", "ends at 8"));
    }

    /** The private log has grown to its old length again. */
    @Test
    void what_was_published_of_events_in_whose_place_others_stand_is_told() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        try (var engine = engine(ReadStrategy.INDEXED);
                var published = PublishedLog.open(
                        mongo.database(),
                        "published",
                        engine,
                        ReadStrategy.AUTO,
                        CONVERTER,
                        Limits.DEFAULT,
                        Clock.systemUTC())) {
            published.append(published.state(), List.of(TestEvents.event("published")), 10);
        }
        var findings = new ArrayList<Finding>();
        LogVerifier.verify(mongo.database(), "published", Set.of(), findings::add);
        assertThat(findings).isEmpty();
        stored().deleteOne(eq(8L));
        try (var engine = engine(ReadStrategy.INDEXED)) {
            TestEvents.append(engine, TestEvents.tagged("another"), TestEvents.tagged("and another"));
        }

        LogVerifier.verify(mongo.database(), "published", Set.of(), findings::add);

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("up to 10", "does not hold"));
    }

    @Test
    void a_processor_that_has_seen_more_than_there_is_is_told_if_it_is_named() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        try (var engine = engine(ReadStrategy.INDEXED)) {
            var tokens = new MongoTokenStore(
                    mongo.database(), "tokens", engine, "here", Duration.ofMinutes(1), Clock.systemUTC());
            tokens.initializeTokenSegments("projection", 1, new GlobalSequenceTrackingToken(10), null)
                    .get();
        }
        assertThat(verified("projection")).isEmpty();
        stored().deleteOne(eq(8L));

        assertThat(verified("projection"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.repair()).contains("rebuild"));
        assertThat(verified("another")).isEmpty();
    }

    /** So many ids that they do not fit: the log is gone through in parts. */
    @Test
    void ids_that_are_there_twice_are_found_in_bounded_memory() {
        var ids = IntStream.range(0, 200)
                .mapToObj(_ -> UUID.randomUUID().toString())
                .collect(Collectors.toCollection(ArrayList::new));
        ids.set(170, ids.get(3));
        var found = new ArrayList<String>();
        var table = new EventIds(at -> ids.get((int) at), 64, 32);
        do {
            for (int i = 0; i < ids.size(); i++) {
                int here = i;
                table.add(ids.get(i), i).ifPresent(earlier -> found.add(earlier + " and " + here));
            }
        } while (table.nextPart());

        assertThat(found).containsOnly("3 and 170");
    }

    private record Said(int exit, String out, String err) {}

    private Said said(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = VerifyLog.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
        return new Said(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Test
    void the_command_says_what_it_found_and_ends_with_a_code() throws Exception {
        appendFivePairs(ReadStrategy.INDEXED);
        var uri = mongo.connectionString() + "/" + mongo.database().getName();

        assertThat(said(uri)).satisfies(well -> {
            assertThat(well.exit()).isZero();
            assertThat(well.out()).contains("5 commits, 10 events, whole");
        });
        stored().deleteOne(eq(4L));
        assertThat(said(uri, "--log", LOG)).satisfies(damaged -> {
            assertThat(damaged.exit()).isEqualTo(1);
            assertThat(damaged.out()).contains("at 4: a gap", "2 findings");
        });
        assertThat(said().exit()).isEqualTo(2);
        assertThat(said(mongo.connectionString()).err()).contains("usage");
        assertThat(said("mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=100")).satisfies(unanswered -> {
            assertThat(unanswered.exit()).isEqualTo(3);
            assertThat(unanswered.err().strip())
                    .isEqualTo("menara: no server answers at 127.0.0.1:1; is it running, and is the address right?");
        });
    }
}
