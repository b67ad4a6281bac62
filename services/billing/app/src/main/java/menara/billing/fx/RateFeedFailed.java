package menara.billing.fx;

/** A publisher of rates cannot be reached, or its answer cannot be read. */
public final class RateFeedFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RateFeedFailed(String message) {
        super(message);
    }

    public RateFeedFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
