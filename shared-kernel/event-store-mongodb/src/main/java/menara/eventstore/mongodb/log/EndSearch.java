package menara.eventstore.mongodb.log;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.commit.Commit;

/** Finds the end of a log and checks that it has no gap there, because events appended after a gap would never be read. */
final class EndSearch {

    /**
     * Events before the end that are checked when a log is opened, and places after it that are checked where only their places find them:
     * more than a process writes in the second before it notices a rollback of the log.
     */
    static final int LOOKED_AT = 16_384;

    private final String name;
    private final MongoCollection<Commit> commits;
    private final CommitReads reads;

    EndSearch(String name, MongoCollection<Commit> commits, CommitReads reads) {
        this.name = name;
        this.commits = commits;
        this.reads = reads;
    }

    /**
     * The end at a place, if the log has no gap before it.
     *
     * @param start a position where a commit begins, or will
     * @throws LogWentBack if it does not
     */
    End endAt(long start) {
        try {
            return hangingTogether(start);
        } catch (LogWentBack _) {
            showEverythingAt(start);
            return hangingTogether(start);
        }
    }

    /** A primary that was just elected may not show everything at first; it does when it has answered linearizably. */
    private void showEverythingAt(long place) {
        Guarantees.latest(commits).find(eq(place)).first();
    }

    private End hangingTogether(long start) {
        if (start == 0) {
            return new End(0, null);
        }
        var end = reads.containing(lookedAtFrom(start))
                .map(End::behind)
                .orElseThrow(() -> LogWentBack.brokenOff(name, start));
        while (end.position() < start) {
            var stretch = reads.from(end.position()).commits();
            if (stretch.isEmpty()) {
                throw LogWentBack.brokenOff(name, end.position());
            }
            for (var commit : stretch) {
                if (commit.position() < start && !commit.follows(end.lastId())) {
                    throw LogWentBack.brokenOff(name, commit.position());
                }
                end = commit.position() < start ? End.behind(commit) : end;
            }
        }
        return end;
    }

    private static long lookedAtFrom(long start) {
        return Math.max(0, start - LOOKED_AT);
    }

    /**
     * Checks that the log ends at a place, as far as can be seen from there.
     *
     * @return false if it continues there by now
     * @throws LogWentBack if it has a gap there
     */
    boolean endsAt(long place) {
        if (reads.goesOnBehind(place, LOOKED_AT)) {
            showEverythingAt(place);
            if (reads.at(place).isEmpty()) {
                throw LogWentBack.brokenOff(name, place);
            }
            return false;
        }
        return true;
    }

    /**
     * Whether a stored commit belongs to the log. Commits of a process that had not noticed a rollback stand beside the log, within a later
     * commit or after a gap: they neither lead to the known part of the log, nor follow the commit before them.
     */
    boolean belongs(Witness commit, RecentCommits known) {
        return leadsOn(commit, known) || hangsOn(commit);
    }

    /** Most are close to the end, which is known to have no gap. */
    private boolean leadsOn(Witness first, RecentCommits known) {
        var end = known.end();
        long next = first.position();
        var last = first.id();
        while (next < end.position() && next - first.position() <= LOOKED_AT) {
            var inMemory = known.from(next, 1);
            var stretch = inMemory.isEmpty() ? reads.from(next).commits() : inMemory;
            if (stretch.isEmpty()) {
                return false;
            }
            for (var commit : stretch) {
                boolean follows = commit.position() == first.position()
                        ? commit.id().equals(first.id())
                        : commit.position() == next && commit.follows(last);
                if (!follows || !inMemory.isEmpty()) {
                    return follows;
                }
                next = commit.next();
                last = commit.id();
                if (next == end.position()) {
                    return last.equals(end.lastId());
                }
            }
        }
        return next < end.position();
    }

    private boolean hangsOn(Witness commit) {
        try {
            var before = endAt(commit.position());
            return before.position() == commit.position()
                    && reads.at(commit.position())
                            .filter(found -> found.id().equals(commit.id()) && found.follows(before.lastId()))
                            .isPresent();
        } catch (LogWentBack _) {
            return false;
        }
    }
}
