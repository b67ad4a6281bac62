package menara.billing.fx;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import menara.eventstore.spring.DueDates;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which publishers are asked. None unless their addresses are given: a machine without the internet starts too. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FxConfiguration.Feeds.class)
class FxConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * @param bankAlMaghrib address of its API up to the last slash; null if it is not asked
     * @param bankAlMaghribKey subscription key
     * @param ecb address of its daily file; null if it is not asked
     */
    @ConfigurationProperties("menara.billing.fx")
    record Feeds(
            @Nullable URI bankAlMaghrib,
            @Nullable String bankAlMaghribKey,
            @Nullable URI ecb) {

        List<RateFeed> open(HttpClient http) {
            var feeds = new ArrayList<RateFeed>();
            if (bankAlMaghrib != null) {
                feeds.add(new BankAlMaghrib(http, bankAlMaghrib, bankAlMaghribKey == null ? "" : bankAlMaghribKey));
            }
            if (ecb != null) {
                feeds.add(new Ecb(http, ecb));
            }
            return feeds;
        }
    }

    @Bean
    DailyRates dailyRates(Feeds feeds, RateReadModel rates, DueDates dueDates, Clock clock) {
        var http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        return new DailyRates(feeds.open(http), rates, dueDates, clock);
    }

    @Bean
    ApplicationRunner ratesFromTheStart(DailyRates daily, Feeds feeds, Clock clock) {
        return _ -> {
            if (feeds.bankAlMaghrib() != null || feeds.ecb() != null) {
                daily.scheduleNow(LocalDate.ofInstant(clock.instant(), ZoneId.of("Africa/Casablanca")));
            }
        };
    }
}
