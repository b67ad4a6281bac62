package menara.capacity.campus;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;

/**
 * The loss of a part of what a node was built for, from one instant until another, with its cause.
 *
 * @param derating its id
 * @param node a phase, a hall, or a node of the power tree
 * @param cause why
 * @param lost power that is not there, in watts
 * @param from first instant without it
 * @param until first instant with it again; {@link Timeline#LAST} if that is not known
 * @param reason in words
 */
public record Derating(
        UUID derating, NodeId node, DeratingCause cause, Power lost, Instant from, Instant until, String reason) {

    static Map<UUID, Derating> of(PowerDerated event) {
        return Map.of(
                event.derating(),
                new Derating(
                        event.derating(),
                        event.node(),
                        event.cause(),
                        event.lost(),
                        event.period().from(),
                        event.period().until(),
                        event.reason()));
    }

    /** It ends when the restoration begins. */
    Map<UUID, Derating> restored(PowerRestored event) {
        return Map.of(
                derating,
                new Derating(derating, node, cause, lost, from, event.period().from(), reason));
    }

    /** When it takes power away; empty if it was restored before it began. */
    public Optional<Period> period() {
        return from.isBefore(until) ? Optional.of(new Period(from, until)) : Optional.empty();
    }

    public boolean holdsAt(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }
}
