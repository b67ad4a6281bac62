package menara.values.refusals;

/** The requested thing does not exist, or not for this caller; the answer does not say which. */
public final class NotFound extends Refusal {

    private static final long serialVersionUID = 1L;

    public NotFound(String kind, Object id) {
        super("no %s %s".formatted(kind, id));
    }
}
