package menara.gateway.limits;

import java.time.Duration;
import menara.gateway.GatewayProperties;
import menara.gateway.GatewayProperties.Rate;
import org.springframework.util.unit.DataSize;

/** Limits small enough for a test to reach. */
final class GatewayLimits {

    private GatewayLimits() {}

    static GatewayProperties.Limits of(Rate party, Rate intake, Rate address) {
        return new GatewayProperties.Limits(
                DataSize.ofKilobytes(64),
                DataSize.ofKilobytes(256),
                DataSize.ofKilobytes(512),
                DataSize.ofKilobytes(256),
                Duration.ofSeconds(1),
                party,
                intake,
                address,
                new Rate(4, 1),
                100,
                2,
                1,
                Duration.ofMillis(50),
                4,
                2,
                Duration.ofHours(1),
                Duration.ofSeconds(1));
    }
}
