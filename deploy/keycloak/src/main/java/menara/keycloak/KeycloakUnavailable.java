package menara.keycloak;

/** Keycloak could not be obtained, prepared or started. The message says what to do about it. */
public final class KeycloakUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeycloakUnavailable(String message) {
        super(message);
    }

    KeycloakUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
