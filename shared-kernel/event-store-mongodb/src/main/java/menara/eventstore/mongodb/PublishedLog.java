package menara.eventstore.mongodb;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.messaging.eventhandling.EventMessage;

/**
 * The log that a service writes for others. Each commit carries how far the private log has been translated, so that publishing
 * and remembering it are one write: whoever is killed, whoever races, every private event is translated exactly once and in order.
 */
public final class PublishedLog implements AutoCloseable {

    private final EventLog log;
    private final CommitInserter inserter;
    private final Converter converter;
    private final Clock clock;
    private final Limits limits;

    private PublishedLog(EventLog log, CommitInserter inserter, Converter converter, Limits limits, Clock clock) {
        this.log = log;
        this.inserter = inserter;
        this.converter = converter;
        this.limits = limits;
        this.clock = clock;
    }

    /** Opens the log and finds its head. */
    public static PublishedLog open(
            MongoDatabase database,
            String collection,
            ReadStrategy strategy,
            Converter converter,
            Limits limits,
            Clock clock) {
        var log = EventLog.readOnly(database, collection, strategy, EventEvolution.none(), limits);
        return new PublishedLog(
                log, new CommitInserter(log.commits(), log.reads(), limits.outcomeTimeout()), converter, limits, clock);
    }

    /**
     * Where the log stands, as seen now.
     *
     * @param head position behind the last published event
     * @param progress position of the private log up to which everything was translated
     */
    public record State(long head, long progress) {}

    /** Looks at the end of the log, including what others have published meanwhile. */
    public State state() {
        log.catchUp();
        long head = log.recent().head();
        var last = head == 0 ? null : log.containing(head - 1).orElse(null);
        return new State(head, last == null ? 0 : last.progress());
    }

    /**
     * Appends a translation if the log still stands where {@code seen} says.
     *
     * @param events at least one
     * @param progress position of the private log up to which they complete the translation
     * @return false if another publisher was faster: look at {@link #state()} and translate from there
     */
    public boolean append(State seen, List<? extends EventMessage> events, long progress) {
        var tagged = events.stream()
                .map(event -> new GenericTaggedEventMessage<>(event, Set.of()))
                .toList();
        var stored = Messages.toStore(tagged, converter);
        int bytes = stored.stream().mapToInt(StoredEvent::approximateBytes).sum();
        if (bytes > limits.maxCommitBytes() || stored.size() > limits.maxCommitEvents()) {
            throw new EventTooLarge(stored.size(), bytes, limits);
        }
        var commit = new Commit(seen.head(), UUID.randomUUID(), clock.instant(), progress, stored);
        boolean first = inserter.insert(commit) == CommitInserter.Outcome.STORED;
        if (first) {
            log.recent().advance(commit);
        }
        return first;
    }

    @Override
    public void close() {
        log.close();
    }
}
