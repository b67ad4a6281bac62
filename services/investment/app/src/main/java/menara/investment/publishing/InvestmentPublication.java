package menara.investment.publishing;

import java.util.List;
import menara.eventstore.spring.Publication;
import menara.investment.calls.CallEvent;
import menara.investment.calls.CapitalCallDrafted;
import menara.investment.calls.CapitalCallIssued;
import menara.investment.calls.ContributionReceived;
import menara.investment.commitments.CommitmentEvent;
import menara.investment.milestones.MilestoneEvent;
import menara.investment.milestones.MilestoneReached;
import menara.investment.milestones.MilestoneSet;
import menara.investment.milestones.RackCounted;
import org.springframework.stereotype.Component;

/** Translates this service's private events into those of its contract: commitments and drafts stay private. */
@Component
final class InvestmentPublication implements Publication {

    @Override
    public List<?> publish(Object event) {
        return switch (event) {
            case CallEvent call -> publish(call);
            case MilestoneEvent milestone -> publish(milestone);
            case CommitmentEvent _ -> List.of();
            default ->
                throw new IllegalArgumentException("%s belongs to no family of this service"
                        .formatted(event.getClass().getName()));
        };
    }

    private static List<?> publish(CallEvent event) {
        return switch (event) {
            case CapitalCallDrafted _ -> List.of();
            case CapitalCallIssued issued ->
                List.of(new menara.investment.contract.CapitalCallIssued(
                        issued.call(),
                        issued.phase(),
                        issued.purpose(),
                        issued.dueDate(),
                        issued.shares().stream()
                                .map(share -> new menara.investment.contract.CapitalCallIssued.Share(
                                        share.partner(), share.amount()))
                                .toList(),
                        issued.at()));
            case ContributionReceived paid ->
                List.of(new menara.investment.contract.ContributionReceived(
                        paid.call(), paid.partner(), paid.amount(), paid.paidOn(), paid.at()));
        };
    }

    private static List<?> publish(MilestoneEvent event) {
        return switch (event) {
            case MilestoneReached reached ->
                List.of(new menara.investment.contract.MilestoneReached(
                        reached.milestone().value(), reached.phase(), reached.reachedAt()));
            case MilestoneSet _, RackCounted _ -> List.of();
        };
    }
}
