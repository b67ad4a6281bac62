package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Implements {@link Costly}: counts the requests under way, of each party and of all. */
final class CostlyRequests implements HandlerInterceptor {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String TAKEN = CostlyRequests.class.getName();

    private final PartyLimit underWay;
    private final Supplier<String> party;

    /** @param party the caller's organization, or the caller itself if it has none */
    CostlyRequests(PartyLimit underWay, Supplier<String> party) {
        this.underWay = underWay;
        this.party = party;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // An asynchronous answer passes here again when it is ready.
        if (!isCostly(request, handler) || request.getAttribute(TAKEN) != null) {
            return true;
        }
        var who = party.get();
        var place = underWay.take(who, 1);
        switch (place) {
            case TAKEN -> request.setAttribute(TAKEN, who);
            case PARTY_HAS_ITS_SHARE ->
                refuse(
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-costly-requests",
                        "%d requests of yours that take long are being answered; send this one again when one of them is done"
                                .formatted(underWay.perParty()));
            case ALL_IS_TAKEN ->
                refuse(
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "busy",
                        "as many requests that take long are being answered as can be at once; ask again in a moment");
        }
        return place == PartyLimit.Place.TAKEN;
    }

    private static boolean isCostly(HttpServletRequest request, Object handler) {
        var costly = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Costly.class) : null;
        return costly != null
                && (costly.onlyWith().isEmpty() || request.getParameter(costly.onlyWith()) != null)
                && (costly.unlessWith().isEmpty() || request.getParameter(costly.unlessWith()) == null);
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, String problemType, String detail)
            throws IOException {
        Problem.of(status, problemType, detail).retryAfter(PAUSE).writeTo(response);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(TAKEN) instanceof String who) {
            request.removeAttribute(TAKEN);
            underWay.giveBack(who, 1);
        }
    }
}
