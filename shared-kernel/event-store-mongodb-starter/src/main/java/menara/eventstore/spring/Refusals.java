package menara.eventstore.spring;

/**
 * Tells a refusal from a fault: a decision rejected the command on the given state, and might accept it on a newer one. A refused command
 * is decided again if the log has moved on meanwhile. Without a bean of this type nothing counts as a refusal.
 */
@FunctionalInterface
public interface Refusals {

    Refusals NONE = _ -> false;

    boolean isOne(Throwable thrown);
}
