package menara.billing.usage.log;

import java.util.UUID;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.commitlog.Seen;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, as far as this instance knows.
 *
 * @param next place behind the last document
 * @param last that document; null at the beginning of the log
 * @param closed whether the log is closed and continues in others
 */
record LogEnd(int next, @Nullable Seen last, boolean closed) {

    static LogEnd behind(int n, Committed document, boolean closes) {
        return new LogEnd(n + 1, new Seen(document.place(), document.id()), closes);
    }

    UUID lastId() {
        return last == null ? Committed.NO_COMMIT : last.id();
    }
}
