package menara.eventstore.spring;

/**
 * Sends a command to its shell and waits for the outcome. When it returns, the events are stored, and what this process
 * projects has caught up with them (within a limit), so that a caller who reads next sees what it wrote.
 */
public interface Commands {

    /**
     * @return what the shell returned
     * @throws RuntimeException the refusal of the decision, unwrapped, or what the shell failed of
     */
    <R> R send(Object command, Class<R> resultType);

    /** {@link #send(Object, Class)} for a shell that returns nothing. */
    void send(Object command);
}
