package menara.billing.ingestion;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.billing.usage.events.UsageEvent;
import menara.values.refusals.InvalidField;

/** Which well-formed usage may count. A pure function. */
final class UsageRules {

    /** How far back usage may reach without the right to backfill: after that, months are being invoiced. */
    static final Duration LATE_LIMIT = Duration.ofDays(35);

    /** How far a producer's clock may be ahead of this machine's. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Longest period of one event; it limits the hours that one event writes to. */
    static final Duration MAX_PERIOD = Duration.ofDays(366);

    private UsageRules() {}

    /**
     * @param contract the contract named by the event
     * @param time when the producer says the event happened
     * @throws InvalidField naming what is wrong
     */
    static void check(
            UsageEvent event, Optional<Instant> time, Contract.Signed contract, Instant now, boolean backfill) {
        if (event instanceof UsageEvent.Counted counted) { // the retracted usage was checked when it was ingested
            check(counted, time, contract, now, backfill);
        }
    }

    private static void check(
            UsageEvent.Counted event, Optional<Instant> time, Contract.Signed contract, Instant now, boolean backfill) {
        var period = event.period();
        var term = contract.term();
        if (period.from().isBefore(term.from()) || period.until().isAfter(term.until())) {
            throw new InvalidField("data.period", "must lie in the contract's term " + term);
        }
        if (period.duration().compareTo(MAX_PERIOD) > 0) {
            throw new InvalidField("data.period", "must be at most %d days long".formatted(MAX_PERIOD.toDays()));
        }
        var latest = now.plus(CLOCK_SKEW);
        if (period.until().isAfter(latest)) {
            throw new InvalidField("data.period.until", "must not lie in the future, it is " + now);
        }
        if (time.isPresent() && time.get().isAfter(latest)) {
            throw new InvalidField("time", "must not lie in the future, it is " + now);
        }
        if (!backfill) {
            requireNotLate(event instanceof UsageEvent.Reading ? "time" : "data.period.from", period.from(), now);
        }
    }

    /**
     * @param from begin of the usage that an event takes away without the right to backfill
     * @throws InvalidField if that is too long ago: its month may be invoiced
     */
    static void checkSuperseded(Instant from, Instant now) {
        requireNotLate("data.supersedes", from, now);
    }

    private static void requireNotLate(String field, Instant from, Instant now) {
        if (from.isBefore(now.minus(LATE_LIMIT))) {
            throw new InvalidField(
                    field, "reaches back more than %d days; older usage needs backfill".formatted(LATE_LIMIT.toDays()));
        }
    }
}
