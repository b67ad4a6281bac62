package menara.eventstore.spring;

/**
 * Tells a refusal from a fault: a decision that said no because of the state it was given, and might say yes on a newer one. A command that was
 * refused is decided again if the log had moved on meanwhile. Without a bean of this type nothing counts as a refusal.
 */
@FunctionalInterface
public interface Refusals {

    Refusals NONE = _ -> false;

    boolean isOne(Throwable thrown);
}
