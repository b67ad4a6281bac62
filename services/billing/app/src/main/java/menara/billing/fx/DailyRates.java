package menara.billing.fx;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Asks the publishers regularly for the rates of the last days: some publish in the afternoon, and some days have none. */
@Component
final class DailyRates implements DueWork, ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DailyRates.class);

    static final Duration EVERY = Duration.ofHours(1);
    private static final int DAYS = 3;
    private static final String ID = "all";
    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");

    private final RateFeeds feeds;
    private final RateReadModel rates;
    private final DueDates dueDates;
    private final Clock clock;

    DailyRates(RateFeeds feeds, RateReadModel rates, DueDates dueDates, Clock clock) {
        this.feeds = feeds;
        this.rates = rates;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!feeds.open().isEmpty()) {
            LOG.info("fetching the exchange rates of {} and the days before", today());
            dueDates.schedule(kind(), ID, clock.instant());
        }
    }

    @Override
    public String kind() {
        return "billing.daily-rates";
    }

    @Override
    public void run(String id, Instant dueAt) {
        var today = today();
        for (var feed : feeds.open()) {
            for (int age = 0; age < DAYS; age++) {
                ask(feed, today.minusDays(age));
            }
        }
        dueDates.schedule(kind(), id, clock.instant().plus(EVERY));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
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
