package menara.platform.web;

/**
 * 409 with {@code Retry-After}: a rule forbids it now, and may not in a moment, because this service follows another one. Such an answer
 * is not kept under the request's idempotency key: the same request may be sent again.
 */
public final class NotYet extends Refusal {

    private static final long serialVersionUID = 1L;

    /** Enough for one service to hear of what another recorded. */
    static final int RETRY_AFTER_SECONDS = 2;

    private final String rule;

    /**
     * @param rule stable name in kebab case, {@code contract-unknown}; it becomes the problem's {@code type}
     * @param detail what is missing and how to mend it
     */
    public NotYet(String rule, String detail) {
        super(detail);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
