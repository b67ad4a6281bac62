package menara.eventstore.spring;

/**
 * Sends a command to its shell and waits for the outcome. When it returns, the events are stored, and the projections have caught up with
 * them (within a limit), so that the caller's next read sees what it wrote.
 */
public interface Commands {

    /**
     * @return the result of the shell
     * @throws RuntimeException the refusal of the decision, unwrapped, or the failure of the shell
     */
    <R> R send(Object command, Class<R> resultType);

    /** {@link #send(Object, Class)} for a shell that returns nothing. */
    void send(Object command);
}
