package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the promise of {@link Costly}: counts what is under way, for each party and for all. */
final class CostlyRequests implements HandlerInterceptor {

    private static final int RETRY_AFTER_SECONDS = 2;
    private static final String TAKEN = CostlyRequests.class.getName();

    private final int perParty;
    private final int forAll;
    private final Supplier<String> party;
    private final JsonMapper json;

    /** Who has none under way is not in it, so it never holds more than {@link #forAll} parties. */
    private final Map<String, Integer> underWay = new HashMap<>();

    private int all;

    /**
     * @param perParty how many a party may have under way
     * @param forAll how many may be under way together
     * @param party who asks: its organization, or who has none, itself
     */
    CostlyRequests(int perParty, int forAll, Supplier<String> party, JsonMapper json) {
        this.perParty = perParty;
        this.forAll = forAll;
        this.party = party;
        this.json = json;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // An answer that is written later comes by again when it is ready.
        if (!isCostly(request, handler) || request.getAttribute(TAKEN) != null) {
            return true;
        }
        var who = party.get();
        var full = take(who);
        if (full != null) {
            refuse(response, full);
            return false;
        }
        request.setAttribute(TAKEN, who);
        return true;
    }

    private static boolean isCostly(HttpServletRequest request, Object handler) {
        var costly = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Costly.class) : null;
        return costly != null
                && (costly.onlyWith().isEmpty() || request.getParameter(costly.onlyWith()) != null)
                && (costly.unlessWith().isEmpty() || request.getParameter(costly.unlessWith()) == null);
    }

    /** What stands against it, null if nothing does and it is counted from now on. */
    private synchronized @Nullable HttpStatus take(String who) {
        int own = underWay.getOrDefault(who, 0);
        if (own >= perParty) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        if (all >= forAll) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        underWay.put(who, own + 1);
        all++;
        return null;
    }

    private synchronized void giveBack(String who) {
        underWay.computeIfPresent(who, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }

    private void refuse(HttpServletResponse response, HttpStatus status) throws IOException {
        var problem = status == HttpStatus.TOO_MANY_REQUESTS
                ? Problems.of(
                        status,
                        "too-many-costly-requests",
                        "%d requests of yours that take long are being answered; send this one again when one of them is done"
                                .formatted(perParty))
                : Problems.of(
                        status,
                        "busy",
                        "as many requests that take long are being answered as can be at once; ask again in a moment");
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
        response.setContentType("application/problem+json");
        response.getOutputStream().write(json.writeValueAsBytes(Problems.plain(problem)));
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(TAKEN) instanceof String who) {
            request.removeAttribute(TAKEN);
            giveBack(who);
        }
    }
}
