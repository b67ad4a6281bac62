package menara.eventstore.mongodb.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.Question;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, decoded, in memory: an unbroken run of commits up to the head, bounded by bytes, with an index by tag.
 * The head moves only here, so everything before it has been read.
 */
public final class RecentCommits {

    private static final Deque<Long> NOWHERE = new ArrayDeque<>(0);

    private final long maxBytes;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<Long, Commit> commits = new TreeMap<>();
    private final Map<Tag, Tagged> byTag = new HashMap<>();
    private long bytes;
    private volatile End end;

    /** The last commit before those in memory; null at the beginning of the log. */
    private @Nullable Witness before;

    RecentCommits(End end, long maxBytes) {
        this.end = end;
        this.before = end.last();
        this.maxBytes = maxBytes;
    }

    /** The position after the last event that is known. */
    public long head() {
        return end.position();
    }

    public End end() {
        return end;
    }

    /**
     * Adds the commit at the head and moves the head past it.
     *
     * @return false if the head had moved already, or the commit does not follow the last one that is known
     */
    boolean advance(Commit commit) {
        lock.writeLock().lock();
        try {
            if (commit.position() != end.position() || !commit.follows(end.lastId())) {
                return false;
            }
            commits.put(commit.position(), commit.stored());
            index(commit);
            bytes += commit.heapBytes();
            end = End.behind(commit);
            evict();
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void index(Commit commit) {
        long position = commit.position();
        for (var event : commit.events()) {
            for (var tag : event.tags()) {
                byTag.computeIfAbsent(tag, _ -> new Tagged()).add(commit.position(), position);
            }
            position++;
        }
    }

    private void evict() {
        while (bytes > maxBytes && commits.size() > 1) {
            var oldest = commits.pollFirstEntry().getValue();
            bytes -= oldest.heapBytes();
            before = new Witness(oldest.position(), oldest.id());
            oldest.events().forEach(event -> event.tags().forEach(tag -> forget(tag, oldest.position())));
        }
    }

    private void forget(Tag tag, long position) {
        var tagged = byTag.get(tag);
        if (tagged != null && tagged.forget(position)) {
            byTag.remove(tag);
        }
    }

    /** The first position from which on everything up to the head is in memory. */
    long floor() {
        lock.readLock().lock();
        try {
            return commits.isEmpty() ? end.position() : commits.firstKey();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Commits that hold events from {@code from} on, in order.
     *
     * @return empty if {@code from} is before the floor or not before the head
     */
    List<Commit> from(long from, int limit) {
        lock.readLock().lock();
        try {
            if (from >= end.position() || commits.isEmpty() || from < commits.firstKey()) {
                return List.of();
            }
            var found = new ArrayList<Commit>();
            for (var commit : commits.tailMap(commits.floorKey(from), true).values()) {
                found.add(commit);
                if (found.size() == limit) {
                    break;
                }
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * The commits in memory that may match a question, at one instant.
     *
     * @param floor from here on {@code commits} is complete; earlier commits are in the database
     * @param before the last commit before the floor; null if the log begins there
     * @param commits commits that may hold events of one of the criteria, in order
     */
    public record Candidates(long floor, @Nullable Witness before, List<Commit> commits) {}

    public Candidates candidates(Question question) {
        lock.readLock().lock();
        try {
            if (commits.isEmpty() || question.isEmpty()) {
                return new Candidates(end.position(), end.last(), List.of());
            }
            long floor = commits.firstKey();
            if (question.until() <= floor) {
                return new Candidates(floor, before, List.of());
            }
            var first = commits.floorKey(question.from());
            long from = first == null ? floor : first;
            return new Candidates(
                    floor,
                    before,
                    question.byTag()
                            ? tagged(question, from)
                            : List.copyOf(commits.subMap(from, question.until()).values()));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** @param from position of the first commit that reaches into the question */
    private List<Commit> tagged(Question question, long from) {
        var positions = new TreeSet<Long>();
        for (var criterion : question.criteria().alternatives()) {
            // From the end: most questions are about the latest events, and a tag may be on thousands of earlier
            // commits.
            for (var newestFirst = commits(criterion, question.from()).descendingIterator(); newestFirst.hasNext(); ) {
                long position = newestFirst.next();
                if (position < from) {
                    break;
                }
                if (position < question.until()) {
                    positions.add(position);
                }
            }
        }
        var found = new ArrayList<Commit>(positions.size());
        for (var position : positions) {
            var commit = commits.get(position);
            if (commit != null) {
                found.add(commit);
            }
        }
        return found;
    }

    /**
     * Every tag of a criterion must match, so searching its rarest one is enough; if one of them is on no event from {@code from} on,
     * nothing matches. That is the case for most append conditions, whose marker is after their last event but within a commit.
     */
    private Deque<Long> commits(EventCriterion criterion, long from) {
        Tagged rarest = null;
        for (var tag : criterion.tags()) {
            var tagged = byTag.get(tag);
            if (tagged == null || tagged.lastEvent < from) {
                return NOWHERE;
            }
            if (rarest == null || tagged.commits.size() < rarest.commits.size()) {
                rarest = tagged;
            }
        }
        return rarest == null ? NOWHERE : rarest.commits;
    }

    /** The commits of a tag. */
    private static final class Tagged {

        private final ArrayDeque<Long> commits = new ArrayDeque<>(2);
        private long lastEvent;

        void add(long commit, long event) {
            if (commits.isEmpty() || commits.peekLast() != commit) {
                commits.addLast(commit);
            }
            lastEvent = event;
        }

        /** @return whether the tag has no other commits */
        boolean forget(long commit) {
            if (!commits.isEmpty() && commits.peekFirst() == commit) {
                commits.removeFirst();
            }
            return commits.isEmpty();
        }
    }
}
