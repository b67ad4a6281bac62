package menara.investment.calls;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import menara.investment.commitments.Commitments;
import menara.values.Money;
import menara.values.PartnerId;

/**
 * The capital called from each partner so far, over all calls on one fund. It is part of the boundary of every issuance, so two
 * calls issued at the same moment cannot both draw on the same unfunded commitment.
 */
record CalledCapital(Map<PartnerId, Money> byPartner) {

    static final CalledCapital NONE = new CalledCapital(Map.of());

    CalledCapital {
        byPartner = Map.copyOf(byPartner);
    }

    static CalledCapital evolve(CalledCapital called, CallEvent event) {
        return switch (event) {
            case CapitalCallIssued issued -> {
                var next = new HashMap<>(called.byPartner());
                issued.shares().forEach(share -> next.merge(share.partner(), share.amount(), Money::plus));
                yield new CalledCapital(next);
            }
            case CapitalCallDrafted _, ContributionReceived _ -> called;
        };
    }

    /** Unfunded = commitment − called, for every partner with a commitment. */
    Map<PartnerId, Money> unfunded(Commitments commitments) {
        return commitments.byPartner().entrySet().stream()
                .collect(Collectors.toMap(Entry::getKey, each -> minusCalled(each.getKey(), each.getValue())));
    }

    private Money minusCalled(PartnerId partner, Money commitment) {
        return commitment.minus(byPartner.getOrDefault(partner, Money.zero(commitment.currency())));
    }
}
