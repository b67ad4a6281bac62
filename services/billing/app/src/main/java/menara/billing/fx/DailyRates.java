package menara.billing.fx;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the publishers for the rates of the last days, again and again: some publish in the afternoon, and some days have none. */
final class DailyRates implements DueWork {

    private static final Logger LOG = LoggerFactory.getLogger(DailyRates.class);

    static final Duration EVERY = Duration.ofHours(1);
    private static final int DAYS = 3;
    private static final String ID = "all";

    private final List<RateFeed> feeds;
    private final RateReadModel rates;
    private final DueDates dueDates;
    private final Clock clock;

    DailyRates(List<RateFeed> feeds, RateReadModel rates, DueDates dueDates, Clock clock) {
        this.feeds = feeds;
        this.rates = rates;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    void scheduleNow(LocalDate today) {
        LOG.info("exchange rates of {} and the days before are asked for", today);
        dueDates.schedule(kind(), ID, clock.instant());
    }

    @Override
    public String kind() {
        return "billing.daily-rates";
    }

    @Override
    public void run(String id, java.time.Instant dueAt) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Africa/Casablanca"));
        for (var feed : feeds) {
            for (int age = 0; age < DAYS; age++) {
                ask(feed, today.minusDays(age));
            }
        }
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }

    private void ask(RateFeed feed, LocalDate date) {
        try {
            rates.add(feed.ratesOn(date));
        } catch (RateFeedFailed e) {
            // The next round asks again; invoices use the last rate known, and say which.
            LOG.warn("no rates of {} for {}: {}", feed.source(), date, e.getMessage());
        }
    }
}
