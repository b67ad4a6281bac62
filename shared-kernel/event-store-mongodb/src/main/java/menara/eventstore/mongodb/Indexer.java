package menara.eventstore.mongodb;

import com.mongodb.MongoException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the tag index block by block, behind the head: what is newer is found in memory, or by reading the log. */
final class Indexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

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
        while (open) {
            try {
                if (log.recent().head() >= index.nextBlockEnd()) {
                    index.refresh();
                    writeFullBlocks();
                }
            } catch (MongoException | EventStoreException e) {
                if (open) {
                    LOG.warn("the tag index could not be written, trying again: {}", e.toString());
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void writeFullBlocks() {
        for (long end = index.nextBlockEnd(); open && log.recent().head() >= end; end = index.nextBlockEnd()) {
            var block = new ArrayList<Commit>();
            for (long position = index.indexedUntil(); position < end; ) {
                for (var commit : log.read(position)) {
                    if (commit.position() < end) {
                        block.add(commit);
                        position = commit.next();
                    }
                    if (commit.next() >= end) {
                        position = end;
                        break;
                    }
                }
            }
            index.add(block);
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
