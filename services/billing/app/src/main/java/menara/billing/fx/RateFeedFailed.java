package menara.billing.fx;

/** A publisher of rates cannot be asked, or its answer cannot be read. */
final class RateFeedFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RateFeedFailed(String message) {
        super(message);
    }

    RateFeedFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
