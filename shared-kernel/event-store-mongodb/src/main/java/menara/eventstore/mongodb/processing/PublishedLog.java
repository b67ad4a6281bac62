package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.StoredEvent;
import menara.eventstore.mongodb.commit.Translated;
import menara.eventstore.mongodb.commitlog.CommitInserter;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.database.DuplicateKeys;
import menara.eventstore.mongodb.database.Topology;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.log.Gap;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The published log: the events that a service writes for others, translated from its private ones. Each commit carries how far the private
 * log has been translated, so that publishing and remembering it are one write: every private event is translated exactly once and in
 * order, despite crashes and races.
 */
public final class PublishedLog implements AutoCloseable {

    private static final Translated NOTHING = new Translated(0, Optional.empty());

    private final String name;
    private final EventLog log;
    private final @Nullable LogIdentity source;
    private final MongoCollection<Document> passedOver;
    private final CommitInserter<Commit> inserter;
    private final Converter converter;
    private final Clock clock;
    private final Limits limits;

    private PublishedLog(
            MongoDatabase database,
            String name,
            EventLog log,
            @Nullable LogIdentity source,
            Converter converter,
            Limits limits,
            Clock clock) {
        this.name = name;
        this.log = log;
        this.source = source;
        this.passedOver = Guarantees.bounded(database, limits).getCollection(name + "_progress");
        this.inserter = new CommitInserter<>(log.commits(), limits, LogListener.NONE);
        this.converter = converter;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens the log and finds its head.
     *
     * @param source the log that it is translated from: if it is rolled back behind a published event, nothing more is published
     */
    public static PublishedLog open(
            MongoDatabase database,
            String collection,
            LogIdentity source,
            ReadStrategy strategy,
            Converter converter,
            Limits limits,
            Clock clock) {
        return open(database, collection, source, strategy, converter, limits, clock, Machine.REAL);
    }

    /** The same without a private log, or with one that cannot be rolled back. */
    public static PublishedLog open(
            MongoDatabase database,
            String collection,
            ReadStrategy strategy,
            Converter converter,
            Limits limits,
            Clock clock) {
        return open(database, collection, null, strategy, converter, limits, clock, Machine.REAL);
    }

    static PublishedLog open(
            MongoDatabase database,
            String collection,
            @Nullable LogIdentity source,
            ReadStrategy strategy,
            Converter converter,
            Limits limits,
            Clock clock,
            Machine machine) {
        Topology.requireUnsharded(database, collection);
        var log = EventLog.published(database, collection, strategy, limits, machine);
        return new PublishedLog(database, collection, log, source, converter, limits, clock);
    }

    /**
     * The state of the log, as read now.
     *
     * @param head position after the last published event
     * @param progress position of the private log up to which everything was translated
     */
    public record State(long head, long progress) {}

    /**
     * Reads the end of the log, including what other processes published meanwhile.
     *
     * @throws LogWentBack if the private log no longer holds an event that was published
     */
    public State state() {
        log.commits().verify(Deadline.NONE);
        log.catchUp();
        long head = log.recent().head();
        var translated = translated(head);
        if (source != null) {
            var gone = translated.witness().filter(seen -> !source.holds(seen));
            if (gone.isPresent()) {
                throw LogWentBack.told(name, gone.get());
            }
        }
        return new State(head, translated.progress());
    }

    private Translated translated(long head) {
        var published = head == 0
                ? NOTHING
                : log.containing(head - 1).orElseThrow(() -> Gap.at(head - 1)).translated();
        var noted = passedOver(head);
        return published != null && published.progress() >= noted.progress() ? published : noted;
    }

    private Translated passedOver(long head) {
        var stored = passedOver.find(eq(name)).first();
        // Progress noted on another state of the log does not count.
        return stored == null || stored.get("head", Number.class).longValue() != head
                ? NOTHING
                : new Translated(
                        stored.get("progress", Number.class).longValue(),
                        Optional.ofNullable(stored.get("witness", Document.class))
                                .map(WitnessDocument::from));
    }

    /** Identifies the private log, so that a rollback of it is noticed later. */
    private Translated translatedUntil(long progress) {
        if (source == null || progress == 0) {
            return new Translated(progress, Optional.empty());
        }
        return new Translated(progress, Optional.of(source.before(progress).orElseThrow(() -> Gap.at(progress - 1))));
    }

    /**
     * Appends a translation if the log is still in the state {@code seen}.
     *
     * @param events events to publish. If there are none, only the progress is noted, beside the log: it spares the next publisher from
     * reading the same private events again, and may be lost or late without harm.
     * @param progress position of the private log up to which they complete the translation
     * @return false if another publisher was faster: read {@link #state()} and translate from there
     * @throws EventTooLarge if the events do not fit into one commit; append them in several steps
     * @throws OutcomeUnknown if the database does not answer: {@link #state()} shows the outcome
     */
    public boolean append(State seen, List<? extends EventMessage> events, long progress) {
        if (progress < seen.progress()) {
            throw new IllegalArgumentException(
                    "progress does not go back, from %d to %d".formatted(seen.progress(), progress));
        }
        if (events.isEmpty()) {
            passOver(seen.head(), translatedUntil(progress));
            return true;
        }
        var tagged = events.stream()
                .map(event -> new GenericTaggedEventMessage<>(event, Set.of()))
                .toList();
        var stored = Messages.toStore(tagged, converter);
        int bytes = stored.stream().mapToInt(StoredEvent::documentBytes).sum();
        if (bytes > limits.maxCommitBytes() || stored.size() > limits.maxCommitEvents()) {
            throw new EventTooLarge(stored.size(), bytes, limits);
        }
        var end = log.recent().end();
        if (end.position() != seen.head()) {
            return false;
        }
        var commit = new Commit(
                end.position(), UUID.randomUUID(), end.lastId(), clock.instant(), translatedUntil(progress), stored);
        boolean first = inserter.insert(commit) == CommitInserter.Outcome.STORED;
        if (first) {
            log.advance(commit);
        }
        return first;
    }

    private void passOver(long head, Translated translated) {
        var noted = new Document("_id", name).append("head", head).append("progress", translated.progress());
        translated.witness().ifPresent(seen -> noted.append("witness", WitnessDocument.of(seen)));
        try {
            passedOver.replaceOne(eq(name), noted, new ReplaceOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (!DuplicateKeys.isOne(e)) {
                throw e;
            }
            // Another publisher noted its own progress first; both are valid.
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
