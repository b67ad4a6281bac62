package menara.gateway.limits;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import menara.gateway.GatewayProperties;
import org.springframework.stereotype.Component;

/** Limits how much of the gateway and of the services one party uses at once, so that there is always capacity for the others. */
@Component
class PartyShares {

    /** The share of a party. It exists while it is in use, so there are at most as many as requests. */
    private static final class Share {

        private final Semaphore requests;
        private final Semaphore heavy;
        /** Changed inside {@link ConcurrentHashMap#compute} only. */
        private int users;

        Share(GatewayProperties.Limits limits) {
            this.requests = new Semaphore(limits.inFlight());
            // First come, first served: a page that asks for four figures gets each of them in its turn.
            this.heavy = new Semaphore(limits.heavy(), true);
        }
    }

    /** Work that may only begin inside a share. */
    interface Work<E extends Exception, F extends Exception> {
        void run() throws E, F;
    }

    private final GatewayProperties.Limits limits;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    PartyShares(GatewayProperties properties, MeterRegistry meters) {
        this.limits = properties.limits();
        meters.gaugeMapSize("menara.gateway.parties", Tags.empty(), shares);
    }

    /**
     * Does the work if the party's share has room for it.
     *
     * @return whether it was done
     */
    <E extends Exception, F extends Exception> boolean within(String party, boolean heavy, Work<E, F> work)
            throws E, F {
        Share share = shares.compute(party, (_, known) -> {
            Share used = known == null ? new Share(limits) : known;
            used.users++;
            return used;
        });
        try {
            if (!share.requests.tryAcquire()) {
                return false;
            }
            try {
                return heavy ? inTurn(share.heavy, work) : done(work);
            } finally {
                share.requests.release();
            }
        } finally {
            shares.computeIfPresent(party, (_, used) -> --used.users == 0 ? null : used);
        }
    }

    private <E extends Exception, F extends Exception> boolean inTurn(Semaphore turns, Work<E, F> work) throws E, F {
        if (!acquired(turns, limits.heavyWait())) {
            return false;
        }
        try {
            return done(work);
        } finally {
            turns.release();
        }
    }

    private static <E extends Exception, F extends Exception> boolean done(Work<E, F> work) throws E, F {
        work.run();
        return true;
    }

    private static boolean acquired(Semaphore turns, Duration wait) {
        try {
            return turns.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
