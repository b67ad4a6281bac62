package menara.values.refusals;

/** A rule forbids it now, and may allow it in a moment, because this service follows another one: the same request may be sent again. */
public final class NotYet extends Refusal {

    private static final long serialVersionUID = 1L;

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
