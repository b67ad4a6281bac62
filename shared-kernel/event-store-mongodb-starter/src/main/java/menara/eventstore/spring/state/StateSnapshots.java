package menara.eventstore.spring.state;

import com.mongodb.MongoException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.eventstore.mongodb.snapshots.MongoSnapshots.Snapshot;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.StateForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores snapshots of states that have a form, in the background, and reads them. A fault is logged once, and the state is folded from its
 * events: no command waits for a snapshot to be stored, or fails because of one.
 */
public final class StateSnapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateSnapshots.class);

    /** Most states that wait to be stored; beyond, new ones wait for the next time. Each holds its state in memory. */
    private static final int MAX_WAITING = 4;

    private static final int IDLE_SECONDS = 10;

    private final MongoSnapshots stored;
    private final ExecutorService background;

    /** States that wait or are being stored; later versions meanwhile are not far ahead. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Faults that were logged, by kind of state. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public StateSnapshots(MongoSnapshots stored) {
        this.stored = stored;
        var one = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("snapshots").daemon().factory());
        one.allowCoreThreadTimeOut(true);
        background = one;
    }

    /**
     * A state and its position.
     *
     * @param position position of the first event that is not in the state
     * @param eventBytes bytes of all events that it was folded from
     */
    record Kept<S>(S state, long position, long eventBytes) {}

    private static String kind(EventSourcedState<?, ?, ?> definition) {
        return definition.stateType().getSimpleName();
    }

    <I, S> Optional<Kept<S>> find(EventSourcedState<I, S, ?> definition, I id) {
        return definition.form().flatMap(form -> form.name(id).flatMap(name -> find(kind(definition), name, form)));
    }

    private <S> Optional<Kept<S>> find(String kind, String name, StateForm<?, S> form) {
        try {
            var snapshot = stored.find(kind, name, form.revision());
            return snapshot.map(found -> new Kept<>(form.state(found.state()), found.position(), found.eventBytes()));
        } catch (MongoException e) {
            warnOnce("ask for", kind, e);
            return Optional.empty();
        } catch (RuntimeException e) { // of the document or the form
            warnOnce("read", kind, e);
            forget(kind, name);
            return Optional.empty();
        }
    }

    /** Deletes the snapshot, so that the next one can take its place. */
    private void forget(String kind, String name) {
        try {
            stored.delete(kind, name);
        } catch (MongoException e) {
            warnOnce("delete", kind, e);
        }
    }

    /**
     * Submits a state for its snapshot.
     *
     * @return false if it has no form, or too many wait
     */
    <I, S> boolean keep(EventSourcedState<I, S, ?> definition, I id, Kept<S> state) {
        return definition
                .form()
                .flatMap(form -> form.name(id).map(name -> later(kind(definition), name, form, state)))
                .orElse(false);
    }

    private <S> boolean later(String kind, String name, StateForm<?, S> form, Kept<S> state) {
        var key = kind + "/" + name;
        if (!underWay.add(key)) {
            return true;
        }
        try {
            background.execute(() -> {
                try {
                    keep(kind, name, form, state);
                } finally {
                    underWay.remove(key);
                }
            });
            return true;
        } catch (RejectedExecutionException _) { // too many wait, or this is the end
            underWay.remove(key);
            return false;
        }
    }

    private <S> void keep(String kind, String name, StateForm<?, S> form, Kept<S> state) {
        try {
            var bytes = form.bytes(state.state());
            if (bytes.length <= MongoSnapshots.MAX_STATE_BYTES) {
                stored.keep(kind, name, form.revision(), new Snapshot(state.position(), state.eventBytes(), bytes));
            } else if (told.add("large " + kind)) {
                LOG.warn(
                        "the state {} {} takes {} bytes and a snapshot has at most {}: it is folded from all of its events",
                        kind,
                        name,
                        bytes.length,
                        MongoSnapshots.MAX_STATE_BYTES);
            }
        } catch (RuntimeException e) {
            warnOnce("keep", kind, e);
        }
    }

    private void warnOnce(String what, String kind, RuntimeException e) {
        if (!background.isShutdown() && told.add(what + " " + kind)) {
            LOG.warn("cannot {} a snapshot of the state {}; states are folded from their events", what, kind, e);
        }
    }

    /** Waiting states are not stored any more: the next process folds a little more. */
    @Override
    public void close() {
        background.shutdownNow();
    }
}
