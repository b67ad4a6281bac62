package menara.gateway.security;

import menara.platform.web.Problem;

/** What may be shown to a service for a caller: an access token, or nothing and why. */
public sealed interface Access {

    /** @param value to be sent as {@code Authorization: Bearer} */
    record Token(String value) implements Access {}

    /** @param problem what to answer instead of calling the service */
    record Refused(Problem problem) implements Access {}
}
