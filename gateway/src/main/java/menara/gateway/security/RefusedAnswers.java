package menara.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import menara.gateway.limits.Strangers;
import menara.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfException;

/** The answers 401 and 403. */
final class RefusedAnswers {

    private static final Duration KEYCLOAK_PAUSE = Duration.ofSeconds(5);
    private static final String SIGN_IN = "/oauth2/authorization/" + PortalClient.REGISTRATION;

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Strangers strangers;

    RefusedAnswers(Strangers strangers) {
        this.strangers = strangers;
    }

    /** The caller is not signed in: a browser that wants a page is redirected to sign in, a program gets 401. */
    static void notSignedIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (asksForHtml(request)) {
            response.sendRedirect(SIGN_IN);
            return;
        }
        notSignedIn().writeTo(response);
    }

    static Problem notSignedIn() {
        return Problem.of(
                        HttpStatus.UNAUTHORIZED,
                        "not-signed-in",
                        "Sign in, or send an access token as Authorization: Bearer.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    /** A token that was refused. The answer does not say why, so that a forger learns nothing; an owner requests a new one. */
    void badToken(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (refused instanceof AuthenticationServiceException) {
            keysMissing().writeTo(response);
        } else if (!strangers.refused(request, response)) {
            Problem.of(
                            HttpStatus.UNAUTHORIZED,
                            "invalid-token",
                            "The access token is malformed, expired, or not meant for these services.")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .writeTo(response);
        }
    }

    static Problem keysMissing() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "identity-provider-unavailable",
                        "Tokens cannot be checked because the identity provider does not answer.")
                .retryAfter(KEYCLOAK_PAUSE);
    }

    static void notAllowed(HttpServletRequest request, HttpServletResponse response, Exception refused)
            throws IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        Problem answer;
        if (caller == null) {
            answer = notSignedIn();
        } else if (refused instanceof CsrfException) {
            answer = Problem.of(
                    HttpStatus.FORBIDDEN,
                    "csrf-token-missing",
                    "Repeat the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN.");
        } else {
            answer = Problem.of(HttpStatus.FORBIDDEN);
        }
        answer.writeTo(response);
    }

    private static boolean asksForHtml(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !READING.contains(request.getMethod())) {
            return false;
        }
        try {
            return MediaType.parseMediaTypes(accept).stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
