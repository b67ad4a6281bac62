package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.investment.milestones.MilestoneId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;

/**
 * A demand on the partners to pay a part of their commitments for a phase by a due date: drafted by one person, issued by another once its
 * milestone is reached.
 */
sealed interface CapitalCall {

    /** Not there. */
    record None() implements CapitalCall {}

    /** The content of a call, fixed when it is drafted. */
    record Terms(PhaseId phase, MilestoneId milestone, String purpose, Money amount, LocalDate dueDate) {}

    /** Prepared; the partners owe nothing yet. */
    record Draft(Terms terms, Signatory draftedBy) implements CapitalCall {}

    /** Issued: the partners owe their shares; with their payments so far. */
    record Issued(
            Terms terms,
            Signatory draftedBy,
            Signatory issuedBy,
            Instant issuedAt,
            List<CapitalCallIssued.Share> shares,
            Map<ContributionId, ContributionReceived> contributions)
            implements CapitalCall {

        public Issued {
            shares = List.copyOf(shares);
            contributions = Map.copyOf(contributions);
        }

        /** The partner's share, zero if it has none. */
        Money shareOf(PartnerId partner) {
            return shares.stream()
                    .filter(share -> share.partner().equals(partner))
                    .map(CapitalCallIssued.Share::amount)
                    .findFirst()
                    .orElse(Money.zero(currency()));
        }

        Money contributedBy(PartnerId partner) {
            return contributions.values().stream()
                    .filter(paid -> paid.partner().equals(partner))
                    .map(ContributionReceived::amount)
                    .reduce(Money.zero(currency()), Money::plus);
        }

        private Currency currency() {
            return terms.amount().currency();
        }
    }

    static CapitalCall evolve(CapitalCall call, CallEvent event) {
        return switch (event) {
            case CapitalCallDrafted drafted ->
                new Draft(
                        new Terms(
                                drafted.phase(),
                                drafted.milestone(),
                                drafted.purpose(),
                                drafted.amount(),
                                drafted.dueDate()),
                        drafted.draftedBy());
            case CapitalCallIssued issued ->
                switch (call) {
                    case Draft(var terms, var draftedBy) ->
                        new Issued(terms, draftedBy, issued.issuedBy(), issued.at(), issued.shares(), Map.of());
                    case Issued _, None _ -> call;
                };
            case ContributionReceived paid ->
                switch (call) {
                    case Issued issued -> {
                        var contributions = new HashMap<>(issued.contributions());
                        contributions.put(paid.contribution(), paid);
                        yield new Issued(
                                issued.terms(),
                                issued.draftedBy(),
                                issued.issuedBy(),
                                issued.issuedAt(),
                                issued.shares(),
                                contributions);
                    }
                    case Draft _, None _ -> call;
                };
        };
    }
}
