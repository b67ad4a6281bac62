package menara.eventstore.mongodb.log;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.commitlog.CommitLog;
import menara.eventstore.mongodb.commitlog.Seen;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.database.Strategies;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.bson.codecs.configuration.CodecRegistries;

/** One log of one database as this process sees it: its commits, its head and its followers. */
public final class EventLog implements LogIdentity, AutoCloseable {

    /** Commits read from memory at once. */
    private static final int COMMITS_PER_TURN = 64;

    /** Commits read one by one before a wide read pays. */
    private static final int SINGLE_READS = 3;

    private final String name;
    private final CommitLog<Commit> log;
    private final CommitReads reads;
    private final RecentCommits recent;
    private final OpenStreams streams;
    private final PassedCommits passed = new PassedCommits();
    private final ReentrantLock catchingUp = new ReentrantLock();
    private final Tail tail;

    private EventLog(
            String name, MongoCollection<Commit> commits, CommitReads reads, Limits limits, End end, Machine machine) {
        this.name = name;
        this.reads = reads;
        this.streams = new OpenStreams(name);
        this.recent = new RecentCommits(end, limits.recentCommitsBytes());
        this.log = new CommitLog<>(name, commits, machine);
        recent.end().seen().ifPresent(log::took);
        this.tail = new Tail(this, limits, machine);
    }

    /**
     * A log that this process appends to.
     *
     * @param start a position where a commit begins, or will; commits from there on are read into memory
     * @throws LogWentBack if it has a gap shortly before {@code start}
     */
    public static EventLog own(
            String name,
            MongoCollection<Commit> commits,
            CommitReads reads,
            Limits limits,
            long start,
            Machine machine) {
        return new EventLog(name, commits, reads, limits, new EndSearch(name, commits, reads).endAt(start), machine);
    }

    public static MongoCollection<Commit> collection(
            MongoDatabase database, String name, CommitCodec codec, Limits limits) {
        var codecs = CodecRegistries.fromRegistries(CodecRegistries.fromCodecs(codec), database.getCodecRegistry());
        return Guarantees.bounded(database, limits)
                .getCollection(name, Commit.class)
                .withCodecRegistry(codecs);
    }

    /**
     * A log that another service appends to. It is opened even with a gap: its followers stop there, and other followers go on.
     */
    public static EventLog followed(
            MongoDatabase database,
            String name,
            ReadStrategy strategy,
            EventEvolution evolution,
            Limits limits,
            Machine machine) {
        boolean indexed = Strategies.isIndexed(strategy, database);
        var commits = collection(database, name, new CommitCodec(evolution, !indexed), limits);
        var reads = reads(indexed, commits);
        long start = reads.findHead(0);
        var end = start == 0
                ? new End(0, null)
                : reads.containing(start - 1).map(End::behind).orElseThrow(() -> Gap.at(start - 1));
        var log = new EventLog(name, commits, reads, limits, end, machine);
        log.readInTurns(() -> log.reads);
        return log;
    }

    /**
     * A log that this process publishes to. States are not sourced from it, so it needs no index by tag.
     *
     * @throws LogWentBack if it has a gap shortly before its end
     */
    public static EventLog published(
            MongoDatabase database, String name, ReadStrategy strategy, Limits limits, Machine machine) {
        boolean indexed = Strategies.isIndexed(strategy, database);
        var commits = collection(database, name, new CommitCodec(EventEvolution.none(), !indexed), limits);
        var reads = reads(indexed, commits);
        var log = own(name, commits, reads, limits, reads.findHead(0), machine);
        log.readToTheEnd();
        return log;
    }

    private static CommitReads reads(boolean indexed, MongoCollection<Commit> commits) {
        return indexed ? new IndexedReads(commits) : new PointReads(commits);
    }

    /** Reads the log of this service. @throws LogWentBack if it has a gap at its apparent end */
    public void readToTheEnd() {
        var end = new EndSearch(name, log.commits(), reads);
        do {
            readInTurns(() -> reads);
        } while (!end.endsAt(recent.head()));
    }

    /** Follows it from where it was read to. */
    public void start() {
        tail.start();
    }

    public String name() {
        return name;
    }

    public Machine machine() {
        return log.machine();
    }

    /** Its documents. */
    public CommitLog<Commit> commits() {
        return log;
    }

    public RecentCommits recent() {
        return recent;
    }

    /** Adds the commit at the head. In one step, so that commits are noted in order. */
    public synchronized void advance(Commit commit) {
        if (recent.advance(commit)) {
            log.took(new Seen(commit.position(), commit.id()));
        } else if (recent.head() == commit.position()) {
            throw log.goesOnOtherwise(commit.position());
        }
    }

    /** Commits from the one that holds {@code position} on, up to the known head; empty at the head. */
    public List<Commit> read(long position) {
        log.throwIfWentBack();
        long head = recent.head();
        if (position >= head) {
            return List.of();
        }
        var inMemory = recent.from(position, COMMITS_PER_TURN);
        if (!inMemory.isEmpty()) {
            return inMemory;
        }
        var found = reads.from(position).commits();
        if (found.isEmpty()) {
            found = List.of(reads.containing(position).orElseThrow(() -> Gap.at(position)));
        }
        passed.add(found);
        // A follower never reads past what a command of this process would see.
        return found.getLast().position() < head
                ? found
                : found.stream().filter(commit -> commit.position() < head).toList();
    }

    /** The commit that holds the event at {@code position}. */
    public Optional<Commit> containing(long position) {
        var inMemory = recent.from(position, 1);
        return inMemory.isEmpty() ? reads.containing(position) : Optional.of(inMemory.getFirst());
    }

    @Override
    public Optional<Witness> before(long position) {
        if (position <= 0) {
            return Optional.empty();
        }
        return passed.holding(position - 1)
                .or(() -> containing(position - 1).map(commit -> new Witness(commit.position(), commit.id())));
    }

    @Override
    public boolean holds(Witness witness) {
        if (witness.position() >= recent.head()) {
            catchUp(); // it leads to the end that is known then, without reading what is before it
        }
        return isThere(witness) && new EndSearch(name, log.commits(), reads).belongs(witness, recent);
    }

    @Override
    public boolean isThere(Witness witness) {
        return log.holds(new Seen(witness.position(), witness.id()), Deadline.NONE);
    }

    public MessageStream<EventMessage> stream(StreamingCondition condition) {
        return streams.open(this::read, condition);
    }

    /** Reads what other processes appended. Concurrent callers share one read. */
    public void catchUp() {
        log.verifyIfSuspect(Deadline.NONE);
        catchingUp.lock();
        try {
            readOn(() -> reads);
        } finally {
            catchingUp.unlock();
        }
    }

    /** The same for a caller that cannot wait for another one's read. */
    public void catchUp(Deadline deadline) {
        log.verifyIfSuspect(deadline);
        readOn(() -> reads.within(deadline));
    }

    /** Reads up to the end of the log at some instant after the call: others may append as fast as this reads. */
    private void readOn(Supplier<CommitReads> through) {
        for (int single = 0; single < SINGLE_READS; single++) {
            var next = through.get().at(recent.head());
            if (next.isEmpty()) {
                return;
            }
            advance(next.get());
        }
        readInTurns(through);
    }

    private void readInTurns(Supplier<CommitReads> through) {
        boolean more = true;
        while (more && tail.isOpen()) {
            var stretch = through.get().from(recent.head());
            stretch.commits().forEach(this::advance);
            more = stretch.mayGoOn();
        }
    }

    public void wakeStreams() {
        streams.wake();
    }

    /** Why the log cannot be followed now; empty if nothing is wrong. */
    public Optional<Throwable> fault() {
        return tail.fault();
    }

    public TrackingToken firstToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    public TrackingToken latestToken() {
        catchUp();
        return new GlobalSequenceTrackingToken(recent.head());
    }

    /** The token before the first event that is not older than {@code at}; walks the log. */
    public TrackingToken tokenAt(Instant at) {
        long position = 0;
        for (var turn = read(0); !turn.isEmpty(); turn = read(position)) {
            for (var commit : turn) {
                position = commit.position();
                for (var event : commit.events()) {
                    if (!event.timestamp().isBefore(at)) {
                        return new GlobalSequenceTrackingToken(position);
                    }
                    position++;
                }
            }
        }
        return latestToken();
    }

    @Override
    public void close() {
        tail.close();
        streams.close();
    }
}
