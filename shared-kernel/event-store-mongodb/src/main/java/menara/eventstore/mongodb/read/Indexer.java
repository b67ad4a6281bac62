package menara.eventstore.mongodb.read;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.machine.Rounds;

/** Writes the tag index block by block, behind the head: newer events are found in memory, or by reading the log. */
public final class Indexer implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLog log;
    private final TagIndex index;
    private final Rounds rounds;

    public Indexer(String name, EventLog log, TagIndex index) {
        this.log = log;
        this.index = index;
        this.rounds = new Rounds("index-" + name, this::round, log.machine());
    }

    public void start() {
        rounds.start();
    }

    private long round() {
        if (log.recent().head() >= index.nextBlockEnd()) {
            index.refresh();
            writeFullBlocks();
        }
        return PAUSE_NANOS;
    }

    private void writeFullBlocks() {
        for (long end = index.nextBlockEnd();
                rounds.isOpen() && log.recent().head() >= end;
                end = index.nextBlockEnd()) {
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
        rounds.close();
    }
}
