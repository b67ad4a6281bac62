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
 * Asks for documents once for all who ask at the same moment. While one question is on its way, those who come gather for the next one:
 * nobody gets the answer to a question that was sent before they came, so an answer is as fresh as if everybody had asked alone.
 *
 * @param <K> what documents are asked for by
 * @param <V> what is made of a document
 */
public final class SharedReads<K, V> {

    /** Keys that askers share; one asker's may be more. */
    static final int MAX_SHARED_KEYS = 1_000;

    /** @param answer what was found; empty if it is this asker's turn to ask for all who wait */
    private record Asker<K, V>(Set<K> keys, CompletableFuture<Optional<Map<K, V>>> answer) {}

    private final Function<Set<K>, Map<K, V>> source;
    private final Queue<Asker<K, V>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asking = new AtomicBoolean();

    /** @param source finds what there is of the keys; called by one thread at a time, and must end by itself */
    public SharedReads(Function<Set<K>, Map<K, V>> source) {
        this.source = source;
    }

    /**
     * What there is of {@code keys}, as it is at some moment after this call began.
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

    /** The turn goes to whoever waits longest; it is over when nobody waits. */
    private void handOn() {
        do {
            var next = waiting.peek();
            if (next != null) {
                next.answer().complete(Optional.empty());
                return;
            }
            asking.set(false);
            // Whoever came before the turn was over has left it to us.
        } while (!waiting.isEmpty() && asking.compareAndSet(false, true));
    }

    /** Has the turn: asks for itself and for those who wait behind it. */
    private Map<K, V> askFor(Asker<K, V> own) {
        var others = new ArrayList<Asker<K, V>>();
        try {
            waiting.remove(); // that is the own one
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
