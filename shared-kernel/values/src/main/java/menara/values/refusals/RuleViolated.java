package menara.values.refusals;

/** A refusal by a rule: the request is well formed, but the rule forbids it as things stand. */
public final class RuleViolated extends Refusal {

    private static final long serialVersionUID = 1L;

    private final String rule;

    /**
     * @param rule stable name in kebab case, {@code power-limit-exceeded}; it becomes the problem's {@code type}
     * @param detail what forbids it and how to mend it
     */
    public RuleViolated(String rule, String detail) {
        super(detail);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
