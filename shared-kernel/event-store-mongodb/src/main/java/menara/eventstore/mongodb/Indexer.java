package menara.eventstore.mongodb;

import com.mongodb.MongoException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tag index behind the head, not on its heels: what is recent is found in memory anyway. */
final class Indexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Under load the index follows in large steps. */
    private static final long LAG_UNDER_LOAD = 8_192;

    private final EventLog log;
    private final TagIndex index;
    private final Thread thread;
    private volatile boolean open = true;

    Indexer(String name, EventLog log, TagIndex index) {
        this.log = log;
        this.index = index;
        this.thread = Thread.ofPlatform().daemon().name("index-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long headBefore = log.recent().head();
        while (open) {
            long head = log.recent().head();
            boolean quiet = head == headBefore;
            headBefore = head;
            try {
                if (head > index.indexedUntil() && (quiet || head - index.refresh() > LAG_UNDER_LOAD)) {
                    indexOnce(head);
                }
            } catch (MongoException e) {
                if (open) {
                    LOG.warn("the tag index could not be written, trying again: {}", e.toString());
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void indexOnce(long head) {
        while (open && index.indexedUntil() < head) {
            var commits = log.read(index.indexedUntil());
            if (commits.isEmpty()) {
                return;
            }
            index.add(commits);
        }
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
