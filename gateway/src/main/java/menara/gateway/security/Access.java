package menara.gateway.security;

import menara.platform.web.Problem;

/** The access token to send to a service for a caller, or why there is none. */
public sealed interface Access {

    /** @param value to be sent as {@code Authorization: Bearer} */
    record Token(String value) implements Access {}

    /** @param problem what to answer instead of calling the service */
    record Refused(Problem problem) implements Access {}
}
