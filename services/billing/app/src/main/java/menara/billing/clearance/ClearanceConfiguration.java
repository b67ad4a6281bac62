package menara.billing.clearance;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import menara.platform.web.PartnerHttp;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClearanceConfiguration.Settings.class)
class ClearanceConfiguration {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 400_000;

    /**
     * @param address of the authority, up to the last slash; null if documents are not submitted to an authority
     * @param key sent as a bearer token; null for none
     * @param interval how long until it is asked again
     */
    @ConfigurationProperties("menara.billing.clearance")
    record Settings(
            @Nullable URI address,
            @Nullable String key,
            @DefaultValue("1m") Duration interval) {

        boolean isOn() {
            return address != null;
        }

        Optional<ClearanceAuthority> authority() {
            return address == null
                    ? Optional.empty()
                    : Optional.of(new HttpClearanceAuthority(new PartnerHttp(LIMIT, MAX_BYTES), address, key));
        }
    }
}
