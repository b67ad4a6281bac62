package menara.investment.calendar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Reads the calendar when the service starts. */
@Configuration(proxyBeanMethods = false)
class CalendarConfiguration {

    @Bean
    BusinessCalendar businessCalendar(
            @Value("${menara.investment.calendar.zone}") ZoneId zone,
            @Value("${menara.investment.calendar.holidays}") Resource holidays)
            throws IOException {
        return HolidayFile.read(zone, holidays.getContentAsString(StandardCharsets.UTF_8));
    }
}
