package menara.eventstore.spring.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads documents once for all concurrent callers. While one query is running, new callers gather for the next one: no caller gets the
 * answer to a query sent before its call, so every answer is as fresh as a query of its own.
 *
 * @param <K> key of documents
 * @param <V> result made of a document
 */
public final class SharedReads<K, V> {

    /** Most keys of a shared query; those of a single caller may be more. */
    static final int MAX_SHARED_KEYS = 1_000;

    /** @param answer the result; empty if it is this caller's turn to query for all that wait */
    private record Asker<K, V>(Set<K> keys, CompletableFuture<Optional<Map<K, V>>> answer) {}

    private final Function<Set<K>, Map<K, V>> source;
    private final Queue<Asker<K, V>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asking = new AtomicBoolean();

    /** @param source finds the documents of the keys; called by one thread at a time, and must end by itself */
    public SharedReads(Function<Set<K>, Map<K, V>> source) {
        this.source = source;
    }

    /**
     * The documents of {@code keys}, as of some moment after this call began.
     *
     * @throws RuntimeException as the source throws it
     */
    public Map<K, V> find(Set<K> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var own = new Asker<K, V>(keys, new CompletableFuture<>());
        waiting.add(own);
        if (asking.compareAndSet(false, true)) {
            handOn();
        }
        try {
            return own.answer().join().orElseGet(() -> askFor(own));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The turn goes to the caller that has waited longest; it is over when none waits. */
    private void handOn() {
        do {
            var next = waiting.peek();
            if (next != null) {
                next.answer().complete(Optional.empty());
                return;
            }
            asking.set(false);
            // A caller that came before the turn was over relies on this thread.
        } while (!waiting.isEmpty() && asking.compareAndSet(false, true));
    }

    /** Has the turn: queries for itself and for the callers that wait. */
    private Map<K, V> askFor(Asker<K, V> own) {
        var others = new ArrayList<Asker<K, V>>();
        try {
            waiting.remove(); // the thread's own
            var keys = new HashSet<>(own.keys());
            for (var next = waiting.peek(); next != null; next = waiting.peek()) {
                if (keys.size() + next.keys().size() > MAX_SHARED_KEYS) {
                    break;
                }
                keys.addAll(next.keys());
                others.add(next);
                waiting.remove();
            }
            var found = source.apply(keys);
            others.forEach(other -> other.answer().complete(Optional.of(of(other.keys(), found))));
            return of(own.keys(), found);
        } catch (RuntimeException | Error e) {
            fail(others, e);
            throw e;
        } finally {
            handOn();
        }
    }

    private static <K, V> void fail(List<Asker<K, V>> askers, Throwable thrown) {
        askers.forEach(asker -> asker.answer().completeExceptionally(thrown));
    }

    private static <K, V> Map<K, V> of(Set<K> keys, Map<K, V> found) {
        var own = new HashMap<K, V>();
        for (var key : keys) {
            var value = found.get(key);
            if (value != null) {
                own.put(key, value);
            }
        }
        return own;
    }
}
