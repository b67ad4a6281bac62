package menara.investment.publishing;

import java.util.List;
import menara.eventstore.spring.Publication;
import menara.investment.calls.CallEvent;
import menara.investment.calls.CapitalCallDrafted;
import menara.investment.calls.CapitalCallIssued;
import menara.investment.calls.ContributionRecorded;
import menara.investment.contract.CapitalCalled;
import menara.investment.contract.ContributionReceived;
import menara.investment.contract.MilestoneReached;
import menara.investment.milestones.MilestoneEvent;
import menara.investment.milestones.MilestoneFulfilled;
import menara.investment.milestones.MilestoneSet;
import menara.investment.milestones.RackCounted;
import org.springframework.stereotype.Component;

/** Commitments and drafts stay private; calls, contributions and milestones reached are published. */
@Component
final class InvestmentPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case CallEvent call -> published(call);
            case MilestoneEvent milestone -> published(milestone);
            default -> List.of();
        };
    }

    private static List<?> published(CallEvent event) {
        return switch (event) {
            case CapitalCallDrafted _ -> List.of();
            case CapitalCallIssued issued ->
                List.of(new CapitalCalled(
                        issued.call(),
                        issued.phase(),
                        issued.purpose(),
                        issued.dueDate(),
                        issued.shares().stream()
                                .map(share -> new CapitalCalled.Share(share.partner(), share.amount()))
                                .toList(),
                        issued.at()));
            case ContributionRecorded paid ->
                List.of(new ContributionReceived(paid.call(), paid.partner(), paid.amount(), paid.paidOn(), paid.at()));
        };
    }

    private static List<?> published(MilestoneEvent event) {
        return switch (event) {
            case MilestoneFulfilled reached ->
                List.of(new MilestoneReached(reached.milestone().value(), reached.phase(), reached.at()));
            case MilestoneSet _, RackCounted _ -> List.of();
        };
    }
}
