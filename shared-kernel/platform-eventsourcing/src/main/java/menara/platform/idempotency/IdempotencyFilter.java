package menara.platform.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import menara.platform.idempotency.Idempotency.Attempt;
import menara.platform.time.RequestIds;
import menara.platform.web.Idempotent;
import menara.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Implements {@link Idempotent}. */
final class IdempotencyFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    private static final int MAX_KEY_LENGTH = 200;

    private final Idempotency idempotency;
    private final RequestMappingHandlerMapping handlers;

    IdempotencyFilter(Idempotency idempotency, RequestMappingHandlerMapping handlers) {
        this.idempotency = idempotency;
        this.handlers = handlers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod()) || !isIdempotent(request);
    }

    private boolean isIdempotent(HttpServletRequest request) {
        try {
            var chain = handlers.getHandler(request);
            return chain != null
                    && chain.getHandler() instanceof HandlerMethod method
                    && method.hasMethodAnnotation(Idempotent.class);
        } catch (Exception _) { // Spring's signature; the dispatcher reports what is wrong with the request
            return false;
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader(HEADER);
        if (key == null || key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "idempotency-key-needed",
                            "send a header %s of 1 to %d characters, a new one for each new request and the same one for its retries"
                                    .formatted(HEADER, MAX_KEY_LENGTH))
                    .writeTo(response);
            return;
        }
        var body = request.getInputStream().readAllBytes();
        var caller = SecurityContextHolder.getContext().getAuthentication();
        var party = caller == null ? "" : caller.getName();
        switch (idempotency.begin(party, key, hash(request, body))) {
            case Attempt.First first ->
                RequestIds.derivedFrom(
                        first.seed(),
                        () -> firstTime(new BufferedBody(request, body), response, chain, party, key, first.began()));
            case Attempt.Answered answered -> replay(response, answered);
            case Attempt.UnderWay _ ->
                Problem.of(
                                HttpStatus.CONFLICT,
                                "request-under-way",
                                "a request with this %s is being worked on; ask again in a moment".formatted(HEADER))
                        .writeTo(response);
            case Attempt.OtherBody _ ->
                Problem.of(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "idempotency-key-reused",
                                "this %s was used for another request; use a new one".formatted(HEADER))
                        .writeTo(response);
        }
    }

    private void firstTime(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            String party,
            String key,
            Instant began)
            throws ServletException, IOException {
        var recorded = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(request, recorded);
            // A caller that must ask again gets another answer then.
            if (recorded.getStatus() < 500 && !recorded.containsHeader(HttpHeaders.RETRY_AFTER)) {
                idempotency.answer(
                        party,
                        key,
                        began,
                        recorded.getStatus(),
                        recorded.getHeader("Location"),
                        recorded.getContentType(),
                        recorded.getContentAsByteArray());
                answered = true;
            }
        } finally {
            if (!answered) {
                idempotency.giveUp(party, key, began);
            }
            recorded.copyBodyToResponse();
        }
    }

    private static void replay(HttpServletResponse response, Attempt.Answered answered) throws IOException {
        response.setStatus(answered.status());
        if (answered.location() != null) {
            response.setHeader("Location", answered.location());
        }
        if (answered.contentType() != null) {
            response.setContentType(answered.contentType());
        }
        response.setHeader("Idempotency-Replayed", "true");
        response.getOutputStream().write(answered.body());
    }

    /** Over method, path and body: one key is for one request, not for one body sent anywhere. */
    private static String hash(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var query = request.getQueryString() == null ? "" : request.getQueryString();
            digest.update((request.getRequestURI() + "?" + query + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
