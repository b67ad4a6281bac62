package menara.eventstore.mongodb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that fails must not make a stored commit look like a failed one. */
final class QuietListener implements LogListener {

    private static final Logger LOG = LoggerFactory.getLogger(QuietListener.class);

    private final LogListener listener;

    QuietListener(LogListener listener) {
        this.listener = listener;
    }

    private static void quietly(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener of the event store failed", e);
        }
    }

    @Override
    public void committed(int transactions, int events, long bytes, long nanos) {
        quietly(() -> listener.committed(transactions, events, bytes, nanos));
    }

    @Override
    public void conflicted() {
        quietly(listener::conflicted);
    }

    @Override
    public void overtaken() {
        quietly(listener::overtaken);
    }

    @Override
    public void retried() {
        quietly(listener::retried);
    }

    @Override
    public void sourced(int fromMemory, int fromDatabase) {
        quietly(() -> listener.sourced(fromMemory, fromDatabase));
    }
}
