package menara.eventstore.mongodb.log;

import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.LogIdentity.Witness;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commitlog.Seen;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log, as far as a process knows it.
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

    Optional<Seen> seen() {
        return Optional.ofNullable(last).map(witness -> new Seen(witness.position(), witness.id()));
    }
}
