package menara.eventstore.mongodb.log;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;

/**
 * The identities of old commits that replaying followers have just read. Their tokens are stored soon after, each with the commit before
 * its position; without this, every stored token of a replay would search the log for it.
 */
final class PassedCommits {

    private static final int MAX_COMMITS = 8_192;

    private final TreeMap<Long, Passed> byPosition = new TreeMap<>();

    /** The oldest entry is dropped first, wherever in the log it is: several followers replay at once. */
    private final ArrayDeque<Long> order = new ArrayDeque<>();

    private record Passed(Witness witness, long next) {}

    synchronized void add(List<Commit> commits) {
        for (var commit : commits) {
            var passed = new Passed(new Witness(commit.position(), commit.id()), commit.next());
            if (byPosition.put(commit.position(), passed) == null) {
                order.add(commit.position());
            }
        }
        while (order.size() > MAX_COMMITS) {
            byPosition.remove(order.remove());
        }
    }

    synchronized Optional<Witness> holding(long position) {
        var floor = byPosition.floorEntry(position);
        return floor == null || floor.getValue().next() <= position
                ? Optional.empty()
                : Optional.of(floor.getValue().witness());
    }
}
