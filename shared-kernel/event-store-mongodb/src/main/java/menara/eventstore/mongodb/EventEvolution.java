package menara.eventstore.mongodb;

import java.util.HashMap;
import java.util.Map;

/**
 * Lifts old events to their present form while they are read; the stored events stay as they are. Steps are chained: a step from
 * revision 1 to 2 and one from 2 to 3 lift a revision 1 to 3.
 */
public final class EventEvolution {

    /** Steps for one event: beyond it the steps lead in a circle. */
    private static final int MAX_STEPS = 100;

    private static final EventEvolution NONE = new EventEvolution(Map.of());

    private final Map<Version, Step> steps;

    private EventEvolution(Map<Version, Step> steps) {
        this.steps = steps;
    }

    /**
     * What an event is.
     *
     * @param type qualified name, {@code menara.billing.InvoiceIssued}
     * @param revision as in {@code @Event(version = …)}
     */
    public record Version(String type, String revision) {}

    /**
     * A payload in one form.
     *
     * @param version what form it has
     * @param payload as stored, usually UTF-8 JSON
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Form(Version version, byte[] payload) {}

    /** Makes the next form of a payload. Pure: the same payload always gives the same form. */
    @FunctionalInterface
    public interface Step {
        Form lift(byte[] payload);
    }

    public static EventEvolution none() {
        return NONE;
    }

    /** This evolution with one more step. */
    public EventEvolution with(String type, String revision, Step step) {
        var more = new HashMap<>(steps);
        if (more.put(new Version(type, revision), step) != null) {
            throw new IllegalArgumentException("there is a step from %s revision %s already".formatted(type, revision));
        }
        return new EventEvolution(Map.copyOf(more));
    }

    /** Whether events of this type and revision are changed at all. */
    public boolean lifts(String type, String revision) {
        return !steps.isEmpty() && steps.containsKey(new Version(type, revision));
    }

    /** The present form; an unknown type or revision stays as it is. */
    public Form present(Form stored) {
        if (steps.isEmpty()) {
            return stored;
        }
        var form = stored;
        int taken = 0;
        for (var step = steps.get(form.version()); step != null; step = steps.get(form.version())) {
            if (++taken > MAX_STEPS) {
                throw new IllegalStateException("the evolution of %s leads in a circle".formatted(stored.version()));
            }
            form = step.lift(form.payload());
        }
        return form;
    }
}
