package menara.eventstore.mongodb.log;

import java.util.UUID;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log, as a process knows it.
 *
 * @param position of the next event
 * @param last the commit that ends there; null at the beginning of the log
 */
public record End(long position, @Nullable Witness last) {

    public UUID lastId() {
        return last == null ? Commit.NO_COMMIT : last.id();
    }

    static End behind(Commit commit) {
        return new End(commit.next(), new Witness(commit.position(), commit.id()));
    }

    /** False if the commit says that another one is before it. One that an older version wrote does not say. */
    boolean isFollowedBy(Commit commit) {
        return commit.previous().equals(Commit.NO_COMMIT)
                || last == null
                || commit.previous().equals(last.id());
    }
}
