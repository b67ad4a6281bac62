package menara.billing.clearance;

/** The authority cannot be reached, or its answer cannot be read. */
final class ClearanceFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClearanceFailed(String message) {
        super(message);
    }

    ClearanceFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
