package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Work under one id, whose date is set and moved; what was tried last counts, or may count. */
final class Due {

    final String id;
    private final List<Long> perhaps = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();
    private boolean scheduled;

    Due(String id) {
        this.id = id;
    }

    /** Somebody sets or moves the date, and may never hear whether he did. */
    void attempt(long at) {
        perhaps.add(at);
    }

    /** It is set: none of the dates before counts any more. */
    void scheduled(long at) {
        perhaps.removeIf(before -> before != at);
        scheduled = true;
    }

    void done(long at) {
        done.add(at);
    }

    /** Whether it was done at a date that may be the one that counts. */
    boolean isSettled() {
        return !scheduled || perhaps.stream().anyMatch(done::contains);
    }
}
