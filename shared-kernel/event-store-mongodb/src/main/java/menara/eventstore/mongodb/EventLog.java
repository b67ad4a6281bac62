package menara.eventstore.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import menara.eventstore.mongodb.LogIdentity.Witness;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.bson.codecs.configuration.CodecRegistries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log of one database as this process sees it: its commits, its head, and those who follow it. */
final class EventLog implements LogIdentity, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    /** Commits taken from memory in one go. */
    private static final int COMMITS_PER_TURN = 64;

    /** Commits read one by one before so much seems to be new that a wide read pays. */
    private static final int SINGLE_READS = 3;

    /** Polls without news after which the log counts as idle. */
    private static final int QUIET_POLLS = 250;

    private final String name;
    private final MongoCollection<Commit> commits;
    private final CommitReads reads;
    private final RecentCommits recent;
    private final Limits limits;
    private final Set<LogStream> streams = new CopyOnWriteArraySet<>();
    private final PassedCommits passed = new PassedCommits();
    private final ReentrantLock catchingUp = new ReentrantLock();
    private final Rounds tail;

    // Of the tail's thread.
    private int quietPolls;
    private long seen;

    /**
     * @param start a position where a commit begins, or will; what follows it is read into memory
     */
    EventLog(String name, MongoCollection<Commit> commits, CommitReads reads, Limits limits, long start) {
        this.name = name;
        this.commits = commits;
        this.reads = reads;
        this.limits = limits;
        this.recent = new RecentCommits(start, limits.recentCommitsBytes());
        this.tail = new Rounds("tail-" + name, this::look);
    }

    static MongoCollection<Commit> collection(MongoDatabase database, String name, CommitCodec codec, Limits limits) {
        var codecs = CodecRegistries.fromRegistries(CodecRegistries.fromCodecs(codec), database.getCodecRegistry());
        return Guarantees.bounded(database, limits)
                .getCollection(name, Commit.class)
                .withCodecRegistry(codecs);
    }

    /** A log that nobody sources from here, so it needs no index by tag. */
    static EventLog followed(
            MongoDatabase database, String name, ReadStrategy strategy, EventEvolution evolution, Limits limits) {
        boolean indexed = Strategies.isIndexed(strategy, database);
        var commits = collection(database, name, new CommitCodec(evolution, !indexed), limits);
        CommitReads reads = indexed ? new IndexedReads(commits) : new PointReads(commits);
        return new EventLog(name, commits, reads, limits, reads.findHead(0));
    }

    void start() {
        readInTurns();
        seen = recent.head();
        tail.start();
    }

    String name() {
        return name;
    }

    MongoCollection<Commit> commits() {
        return commits;
    }

    CommitReads reads() {
        return reads;
    }

    RecentCommits recent() {
        return recent;
    }

    /** Commits from the one that holds {@code position} on, up to the known head; empty at the head. */
    List<Commit> read(long position) {
        long head = recent.head();
        if (position >= head) {
            return List.of();
        }
        var inMemory = recent.from(position, COMMITS_PER_TURN);
        if (!inMemory.isEmpty()) {
            return inMemory;
        }
        var found = reads.from(position);
        if (found.isEmpty()) {
            found = List.of(reads.containing(position).orElseThrow(() -> Gap.at(position)));
        }
        passed.add(found);
        // Nobody follows past what a command of this process would see.
        return found.getLast().position() < head
                ? found
                : found.stream().filter(commit -> commit.position() < head).toList();
    }

    /** The commit that holds the event at {@code position}. */
    Optional<Commit> containing(long position) {
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
        return reads.at(witness.position())
                .filter(commit -> commit.id().equals(witness.id()))
                .isPresent();
    }

    MessageStream<EventMessage> stream(StreamingCondition condition) {
        var stream = new LogStream(
                this::read, Math.max(0, condition.position().position().orElse(0)), condition, streams::remove);
        streams.add(stream);
        return stream;
    }

    /** Takes in what other processes have appended. */
    void catchUp() {
        catchingUp.lock();
        try {
            int single = 0;
            for (var next = reads.at(recent.head()); next.isPresent(); next = reads.at(recent.head())) {
                recent.advance(next.get());
                if (++single >= SINGLE_READS) {
                    readInTurns();
                }
            }
        } finally {
            catchingUp.unlock();
        }
    }

    private void readInTurns() {
        for (var more = reads.from(recent.head()); tail.isOpen() && !more.isEmpty(); more = reads.from(recent.head())) {
            more.forEach(recent::advance);
        }
    }

    void wakeStreams() {
        for (var stream : streams) {
            try {
                stream.wake();
            } catch (RuntimeException e) {
                LOG.warn("a follower of log {} could not be woken; it goes on with the next commit", name, e);
            }
        }
    }

    /** One look at the head. */
    private long look() {
        // If this process has moved the head itself meanwhile, nobody else was in between: that was as good as asking.
        if (recent.head() == seen) {
            catchUp();
        }
        long head = recent.head();
        if (head > seen) {
            quietPolls = 0;
            wakeStreams();
        } else {
            quietPolls++;
        }
        seen = head;
        return (quietPolls < QUIET_POLLS ? limits.activePoll() : limits.idlePoll()).toNanos();
    }

    /** Why the log cannot be followed now; empty if nothing is wrong. */
    Optional<Throwable> fault() {
        return tail.fault();
    }

    TrackingToken firstToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    TrackingToken latestToken() {
        catchUp();
        return new GlobalSequenceTrackingToken(recent.head());
    }

    /** The token before the first event that is not older than {@code at}; walks the log. */
    TrackingToken tokenAt(Instant at) {
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
        List.copyOf(streams).forEach(LogStream::close);
    }
}
