package menara.billing;

import com.mongodb.client.MongoDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import menara.platform.time.IdFactory;
import menara.values.Uuid7;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.ConversionService;

/** The whole service on the embedded server, with commands, events and due work run in the caller's thread, one after the other. */
@TestConfiguration
@Import(InProcessWeb.class)
@ComponentScan(
        basePackageClasses = BillingApplication.class,
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = BillingApplication.class),
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = "menara\\.billing\\.InProcess.*")
        })
class InProcessPlatform {

    @Bean
    static ConversionService conversionService() {
        return new ApplicationConversionService();
    }

    @Bean
    static SettableClock clock() {
        return new SettableClock();
    }

    @Bean
    static MongoDatabase database() {
        return TestDatabases.fresh();
    }

    @Bean
    static IdFactory ids(Clock clock) {
        var random = new SecureRandom();
        return () -> Uuid7.at(clock.instant(), random);
    }

    @Bean
    static InProcessDueDates dueDates() {
        return new InProcessDueDates();
    }

    @Bean
    static InProcessCommands commands(ApplicationContext context, InProcessDueDates dueDates, SettableClock clock) {
        return new InProcessCommands(context, dueDates, clock);
    }
}
