package menara.demo.trace;

/** The folder as a whole cannot be used as a trace. */
public final class UnreadableTrace extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableTrace(String message) {
        super(message);
    }

    UnreadableTrace(String message, Throwable cause) {
        super(message, cause);
    }
}
