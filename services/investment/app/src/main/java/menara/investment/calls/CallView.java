package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.investment.milestones.MilestoneId;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.jspecify.annotations.Nullable;

/**
 * A capital call as it is shown.
 *
 * @param state {@code draft} or {@code issued}
 * @param draftedBy name of the person who prepared it
 * @param issuedBy name of the person who issued it, null for a draft
 * @param issuedAt when it was issued, null for a draft
 * @param shares what each partner owes; none for a draft
 */
record CallView(
        CapitalCallId call,
        String state,
        PhaseId phase,
        MilestoneId milestone,
        String purpose,
        Money amount,
        LocalDate dueDate,
        String draftedBy,
        @Nullable String issuedBy,
        @Nullable Instant issuedAt,
        List<ShareView> shares) {

    /** A partner's share of this call and its payments. */
    record ShareView(PartnerId partner, Money amount, Money contributed, Money outstanding) {}

    static CallView of(CapitalCallId id, CapitalCall call) {
        return switch (call) {
            case CapitalCall.Draft(var terms, var draftedBy) ->
                of(id, "draft", terms, draftedBy, null, null, List.of());
            case CapitalCall.Issued issued ->
                of(
                        id,
                        "issued",
                        issued.terms(),
                        issued.draftedBy(),
                        issued.issuedBy().name(),
                        issued.issuedAt(),
                        issued.shares().stream()
                                .map(share -> view(share, issued.contributedBy(share.partner())))
                                .toList());
            case CapitalCall.None _ -> throw new IllegalArgumentException("there is no call %s".formatted(id));
        };
    }

    private static CallView of(
            CapitalCallId id,
            String state,
            CapitalCall.Terms terms,
            Signatory draftedBy,
            @Nullable String issuedBy,
            @Nullable Instant issuedAt,
            List<ShareView> shares) {
        return new CallView(
                id,
                state,
                terms.phase(),
                terms.milestone(),
                terms.purpose(),
                terms.amount(),
                terms.dueDate(),
                draftedBy.name(),
                issuedBy,
                issuedAt,
                shares);
    }

    private static ShareView view(CapitalCallIssued.Share share, Money contributed) {
        return new ShareView(
                share.partner(), share.amount(), contributed, share.amount().minus(contributed));
    }
}
