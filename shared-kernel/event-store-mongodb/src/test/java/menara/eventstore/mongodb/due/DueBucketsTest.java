package menara.eventstore.mongodb.due;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.push;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.TestClock;
import menara.eventstore.mongodb.TestDatabase;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Much that falls due in one hour costs what it is, not its square; and what was there before hours had parts is found. */
class DueBucketsTest {

    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Set<String> WRITES = Set.of("update", "insert", "delete");

    /** What MongoDB writes anew at most when one piece of work is added or taken away. */
    private static final int MAX_PART_BYTES = 64 << 10;

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger finds = new AtomicInteger();

    @AutoClose
    private final MongoClient counted = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(mongo.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (WRITES.contains(event.getCommandName()) && isToHours(event.getCommand())) {
                        writes.incrementAndGet();
                    }
                    if (event.getCommandName().equals("find")) {
                        finds.incrementAndGet();
                    }
                }
            })
            .build());

    private final TestClock clock = new TestClock();

    private static boolean isToHours(BsonDocument command) {
        return command.getString(command.getFirstKey()).getValue().equals("due_hours");
    }

    private MongoDueDates dueDates() {
        return new MongoDueDates(counted.getDatabase(mongo.database().getName()), "due", CLAIM, clock);
    }

    private MongoCollection<Document> hours() {
        return mongo.database().getCollection("due_hours");
    }

    private long hour() {
        return clock.instant().getEpochSecond() / Duration.ofHours(1).toSeconds();
    }

    private List<RawBsonDocument> parts() {
        return hours().withDocumentClass(RawBsonDocument.class)
                .find(ne("_id", "hours"))
                .into(new ArrayList<>());
    }

    private DueBuckets buckets() {
        return new DueBuckets(counted.getDatabase(mongo.database().getName()).getCollection("due_hours"));
    }

    /** Some processes add entries like ours, all at once. */
    private void add(int pieces, int processes) throws InterruptedException, ExecutionException {
        var work = IntStream.range(0, processes)
                .<Callable<Integer>>mapToObj(process -> () -> {
                    var own = buckets();
                    for (int i = process; i < pieces; i += processes) {
                        var key = "end-reservation/019b7c3e-0000-7000-8000-%012d".formatted(i);
                        var token = UUID.randomUUID().toString();
                        own.add(new DueEntry(clock.instant().toEpochMilli(), token, key), clock.instant());
                    }
                    return 0;
                })
                .toList();
        try (var pool = Executors.newFixedThreadPool(processes)) {
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
    }

    @Test
    void twenty_thousand_pieces_of_work_in_an_hour_are_many_small_documents() throws Exception {
        int pieces = 20_000;
        add(pieces, 4);

        // Its part and the directory; a hundredth of them begins a part and looks for it.
        assertThat(writes.get()).isBetween(2 * pieces, 2 * pieces + pieces / 10);
        assertThat(parts()).allSatisfy(part -> {
            assertThat(part.getByteBuffer().remaining()).isLessThan(MAX_PART_BYTES);
            assertThat(part.getArray("entries")).hasSizeLessThanOrEqualTo(DueBuckets.MAX_ENTRIES);
        });
        assertThat(parts()).hasSizeBetween(pieces / DueBuckets.MAX_ENTRIES, pieces / DueBuckets.MAX_ENTRIES + 8);

        writes.set(0);
        var due = buckets().until(clock.instant()).due();
        assertThat(due.stream().map(found -> found.entry().key()).collect(Collectors.toSet()))
                .hasSize(pieces);
        var others = buckets();
        due.subList(0, 500).forEach(found -> others.remove(found.entry(), found.part()));
        assertThat(writes).hasValue(500);
        assertThat(others.until(clock.instant()).due()).hasSize(pieces - 500);
    }

    @Test
    void the_parts_of_an_hour_have_no_gap_whoever_fills_them() throws Exception {
        add(3_000, 6);

        var ids = parts().stream().map(part -> part.getString("_id").getValue()).toList();
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ids.size())
                        .mapToObj(part -> DueBuckets.id(hour(), part))
                        .toList());
        assertThat(buckets().until(clock.instant()).due()).hasSize(3_000);
    }

    @Test
    void room_that_comes_free_is_used_again() {
        var dates = dueDates();
        for (int i = 0; i < 3 * DueBuckets.MAX_ENTRIES; i++) {
            dates.schedule("expire", "x", clock.instant().plusSeconds(i));
        }

        assertThat(parts())
                .singleElement()
                .satisfies(part -> assertThat(part.getArray("entries")).hasSize(1));
    }

    @Test
    void parts_that_are_over_and_done_leave_nothing_behind() {
        var poller = dueDates();
        for (int i = 0; i < 1_000; i++) {
            poller.schedule("expire", "x" + i, clock.instant());
        }
        for (var due = poller.take(); due.isPresent(); due = poller.take()) {
            poller.complete(due.get());
        }
        assertThat(parts()).hasSize(4);
        clock.advance(Duration.ofHours(DueBuckets.HOURS_KEPT + 2));

        assertThat(poller.take()).isEmpty();
        assertThat(parts()).isEmpty();
        assertThat(hours().find(eq("hours")).first())
                .isEqualTo(new Document("_id", "hours").append("hours", List.of()));
    }

    @Test
    void an_hour_that_is_over_and_done_is_looked_at_once_a_minute() throws Exception {
        add(1_000, 1);
        var own = buckets();
        own.until(clock.instant()).due().forEach(found -> own.remove(found.entry(), found.part()));
        var over = clock.instant();
        clock.advance(Duration.ofHours(2));
        assertThat(own.until(clock.instant()).due()).isEmpty();

        finds.set(0);
        assertThat(own.until(clock.instant()).due()).isEmpty();
        assertThat(finds).as("of the directory").hasValue(1);

        var late = new DueEntry(over.toEpochMilli(), UUID.randomUUID().toString(), "expire/late");
        buckets().add(late, over); // by a process whose clock is behind
        assertThat(own.until(clock.instant().plusSeconds(61)).due())
                .singleElement()
                .satisfies(found -> assertThat(found.entry()).isEqualTo(late));
    }

    /** As they were written before an hour had parts. */
    private void planBefore(String id, Instant dueAt) {
        var key = "expire/" + id;
        mongo.database()
                .getCollection("due")
                .insertOne(new Document("_id", key)
                        .append("kind", "expire")
                        .append("id", id)
                        .append("dueAt", Date.from(dueAt))
                        .append("payload", "")
                        .append("token", "token-" + id)
                        .append("hour", hour()));
        var update = push("entries", dueAt.toEpochMilli() + "|token-" + id + "|" + key);
        var orInsert = new UpdateOptions().upsert(true);
        hours().updateOne(eq(hour()), update, orInsert);
        hours().updateOne(eq("hours"), addToSet("hours", hour()), orInsert);
    }

    @Test
    void what_was_planned_before_hours_had_parts_is_done_moved_and_cancelled() {
        for (var id : List.of("done", "moved", "cancelled")) {
            planBefore(id, clock.instant().plusSeconds(60));
        }
        var dates = dueDates();
        dates.schedule("expire", "moved", clock.instant().plus(Duration.ofHours(3)));
        dates.schedule("expire", "new", clock.instant().plusSeconds(120));
        assertThat(dates.cancel("expire", "cancelled")).isTrue();
        clock.advance(Duration.ofMinutes(2));

        assertThat(takenAndDone(dates)).containsExactly("done", "new");
        clock.advance(Duration.ofHours(3));
        assertThat(takenAndDone(dates)).containsExactly("moved");
        clock.advance(Duration.ofHours(DueBuckets.HOURS_KEPT + 4));
        assertThat(takenAndDone(dates)).isEmpty();
        assertThat(parts()).isEmpty();
    }

    private static List<String> takenAndDone(MongoDueDates dates) {
        var done = new ArrayList<String>();
        for (var due = dates.take(); due.isPresent(); due = dates.take()) {
            assertThat(dates.complete(due.get())).isTrue();
            done.add(due.get().id());
        }
        return done;
    }
}
