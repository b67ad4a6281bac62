package menara.values.refusals;

/** The answer that a request cannot be carried out because of its content, not because of a fault of the service. */
public abstract sealed class Refusal extends RuntimeException permits InvalidField, RuleViolated, NotYet, NotFound {

    private static final long serialVersionUID = 1L;

    protected Refusal(String message) {
        // No stack trace: a refusal is an answer, and under load many of them must stay cheap.
        super(message, null, false, false);
    }
}
