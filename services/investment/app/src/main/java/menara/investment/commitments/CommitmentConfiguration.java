package menara.investment.commitments;

import menara.eventstore.spring.EventSourcedState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CommitmentConfiguration {

    /** The boundary is all commitments of the fund: its one currency is decided over all of them. */
    @Bean
    EventSourcedState<FundId, Commitments, CommitmentEvent> commitmentsState() {
        return EventSourcedState.taggedWith(
                "commitments-of",
                FundId.class,
                Commitments.class,
                CommitmentEvent.class,
                Commitments.NONE,
                Commitments::evolve);
    }
}
