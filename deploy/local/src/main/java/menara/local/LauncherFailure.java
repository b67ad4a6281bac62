package menara.local;

/** Something a person can mend; the message says what it is and how. */
final class LauncherFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    LauncherFailure(String message) {
        super(message);
    }

    LauncherFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
