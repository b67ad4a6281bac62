package menara.gateway.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import menara.gateway.GatewayProperties;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * The sessions and their limits: a session holds three tokens, about 20 KB. A person with too many sessions loses the oldest; when all are
 * taken, the longest idle one ends. Every session ends after a day's work.
 */
@Component
class PortalSessions {

    private static final String ATTRIBUTE = PortalSessions.class.getName();

    private final int most;
    private final int mostOfOne;
    private final Duration longest;
    private final Clock clock;
    private final Set<SignedIn> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong order = new AtomicLong();

    PortalSessions(GatewayProperties gateway, Clock clock, MeterRegistry meters) {
        this.most = gateway.limits().sessions();
        this.mostOfOne = gateway.limits().sessionsOfOne();
        this.longest = gateway.limits().session();
        this.clock = clock;
        meters.gaugeCollectionSize("menara.gateway.sessions", Tags.empty(), open);
    }

    /** Stored in the session, so that it ends with it. */
    private final class SignedIn implements HttpSessionBindingListener {

        private final HttpSession session;
        private final String person;
        private final long number;
        private final Instant since = clock.instant();

        SignedIn(HttpSession session, String person) {
            this.session = session;
            this.person = person;
            this.number = order.incrementAndGet();
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            open.remove(this);
        }

        long lastSeen() {
            try {
                return session.getLastAccessedTime();
            } catch (IllegalStateException ended) {
                return Long.MIN_VALUE;
            }
        }

        void end() {
            open.remove(this);
            try {
                session.invalidate();
            } catch (IllegalStateException endedMeanwhile) {
                // Which is what was wanted.
            }
        }
    }

    /** Ends the session if it has reached its longest duration, however busy it is. */
    void endIfOver(HttpSession session) {
        if (session.getAttribute(ATTRIBUTE) instanceof SignedIn here
                && !clock.instant().isBefore(here.since.plus(longest))) {
            here.end();
        }
    }

    /** Keycloak has identified the person: a session is kept from now on. */
    void signedIn(HttpServletRequest request, HttpServletResponse response, Authentication who) throws IOException {
        HttpSession session = request.getSession();
        SignedIn here = new SignedIn(session, who.getName());
        synchronized (this) {
            open.add(here);
            session.setAttribute(ATTRIBUTE, here);
            List<SignedIn> own = open.stream()
                    .filter(other -> other.person.equals(here.person))
                    .sorted(Comparator.comparingLong(other -> other.number))
                    .toList();
            own.stream().limit(Math.max(0, own.size() - mostOfOne)).forEach(SignedIn::end);
            while (open.size() > most) {
                open.stream()
                        .filter(other -> other != here)
                        .min(Comparator.comparingLong(SignedIn::lastSeen))
                        .ifPresent(SignedIn::end);
            }
        }
        response.sendRedirect("/");
    }
}
