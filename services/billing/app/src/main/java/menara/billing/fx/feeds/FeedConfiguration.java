package menara.billing.fx.feeds;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import menara.billing.fx.RateFeed;
import menara.billing.fx.RateFeeds;
import menara.platform.web.PartnerHttp;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which publishers are asked. None unless their addresses are given: a machine without internet access starts too. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedConfiguration.Feeds.class)
class FeedConfiguration {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Rates of three months are a tenth of it. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

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

        RateFeeds open(PartnerHttp http) {
            var feeds = new ArrayList<RateFeed>();
            if (bankAlMaghrib != null) {
                feeds.add(new BankAlMaghrib(http, bankAlMaghrib, bankAlMaghribKey == null ? "" : bankAlMaghribKey));
            }
            if (ecb != null) {
                feeds.add(new Ecb(http, ecb));
            }
            return new RateFeeds(feeds);
        }
    }

    @Bean
    RateFeeds rateFeeds(Feeds feeds) {
        return feeds.open(new PartnerHttp(LIMIT, MAX_BYTES));
    }
}
