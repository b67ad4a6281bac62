package menara.investment.calls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import menara.eventstore.spring.EventSourcedState;
import menara.investment.commitments.FundId;
import menara.values.CapitalCallId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** The boundaries around a call and around everything called from the fund, and the calendar of business days. */
@Configuration(proxyBeanMethods = false)
class CallConfiguration {

    @Bean
    EventSourcedState<CapitalCallId, CapitalCall, CallEvent> capitalCallState() {
        return EventSourcedState.taggedWith(
                "capital-call",
                CapitalCallId.class,
                CapitalCall.class,
                CallEvent.class,
                new CapitalCall.None(),
                CapitalCall::evolve);
    }

    @Bean
    EventSourcedState<FundId, CalledCapital, CallEvent> calledCapitalState() {
        return EventSourcedState.taggedWith(
                "calls-on",
                FundId.class,
                CalledCapital.class,
                CallEvent.class,
                CalledCapital.NONE,
                CalledCapital::evolve);
    }

    @Bean
    BusinessCalendar businessCalendar(
            @Value("${menara.investment.calendar.zone}") ZoneId zone,
            @Value("${menara.investment.calendar.holidays}") Resource holidays)
            throws IOException {
        return HolidayFile.read(zone, holidays.getContentAsString(StandardCharsets.UTF_8));
    }
}
