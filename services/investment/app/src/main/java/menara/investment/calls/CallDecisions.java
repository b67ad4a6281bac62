package menara.investment.calls;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import menara.investment.calendar.BusinessCalendar;
import menara.investment.calls.CallCommands.DraftCapitalCall;
import menara.investment.calls.CallCommands.IssueCapitalCall;
import menara.investment.calls.CallCommands.ReceiveContribution;
import menara.investment.commitments.Commitments;
import menara.investment.commitments.MinorUnits;
import menara.investment.commitments.ProRata;
import menara.investment.milestones.Milestone;
import menara.values.Money;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RequiredText;
import menara.values.refusals.RuleViolated;

/** Decides on capital calls. */
final class CallDecisions {

    /** How long before its call a contribution may have been paid. */
    static final int MAX_DAYS_PAID_AHEAD = 366;

    /** The notice partners get: business days between issuance and due date. */
    static final int NOTICE_BUSINESS_DAYS = 10;

    /** A due date further away is a typing error, not a plan. */
    static final int MOST_YEARS_AHEAD = 10;

    static final int PURPOSE_CHARACTERS = 200;

    private CallDecisions() {}

    static List<CallEvent> decide(
            DraftCapitalCall command,
            CapitalCall call,
            Milestone milestone,
            Commitments commitments,
            BusinessCalendar calendar) {
        return switch (call) {
            case CapitalCall.Draft _, CapitalCall.Issued _ ->
                List.of(); // a retry with the same id must not draft twice
            case CapitalCall.None _ -> {
                requirePurpose(command.purpose());
                requirePositive(command.amount(), "a capital call must be for more than zero");
                if (commitments.currency().isEmpty()) {
                    throw new RuleViolated(
                            "no-commitments", "no partner has committed capital yet; record the commitments first");
                }
                commitments.requireCurrency(command.amount().currency());
                requireMilestoneOf(command.phase(), command, milestone);
                requireNotice(command.dueDate(), command.at(), calendar);
                yield List.of(new CapitalCallDrafted(
                        command.call(),
                        command.phase(),
                        command.milestone(),
                        command.purpose(),
                        command.amount(),
                        command.dueDate(),
                        command.draftedBy(),
                        command.at()));
            }
        };
    }

    static List<CallEvent> decide(
            IssueCapitalCall command,
            CapitalCall call,
            Milestone milestone,
            Commitments commitments,
            CalledCapital called,
            BusinessCalendar calendar) {
        return switch (call) {
            case CapitalCall.None _ -> throw new NotFound("capital call", command.call());
            case CapitalCall.Issued issued -> {
                if (issued.issuedBy().isSamePersonAs(command.issuedBy())) {
                    yield List.of(); // a retry must not issue twice
                }
                throw new RuleViolated(
                        "already-issued",
                        "the call was issued by %s".formatted(issued.issuedBy().name()));
            }
            case CapitalCall.Draft(var terms, var draftedBy) -> {
                // Four eyes: it takes two people to move the partners' money, whatever roles one token carries.
                if (draftedBy.isSamePersonAs(command.issuedBy())) {
                    throw new RuleViolated(
                            "two-people-needed",
                            "the person who drafted a call cannot issue it; another approver must");
                }
                requireReached(terms, milestone);
                requireNotice(terms.dueDate(), command.at(), calendar);
                yield List.of(new CapitalCallIssued(
                        command.call(),
                        command.fund(),
                        terms.phase(),
                        terms.purpose(),
                        terms.dueDate(),
                        shares(terms.amount(), commitments, called),
                        command.issuedBy(),
                        command.at()));
            }
        };
    }

    static List<CallEvent> decide(ReceiveContribution command, CapitalCall call, BusinessCalendar calendar) {
        return switch (call) {
            case CapitalCall.None _ -> throw new NotFound("capital call", command.call());
            case CapitalCall.Draft _ ->
                throw new RuleViolated("not-issued", "the call is a draft; the partners owe nothing on it yet");
            case CapitalCall.Issued issued -> record(command, issued, calendar);
        };
    }

    private static List<CallEvent> record(
            ReceiveContribution command, CapitalCall.Issued issued, BusinessCalendar calendar) {
        var earlier = issued.contributions().get(command.contribution());
        if (earlier != null) {
            if (earlier.amount().equals(command.amount())
                    && earlier.partner().equals(command.partner())
                    && earlier.paidOn().equals(command.paidOn())) {
                return List.of(); // recorded already: a payment counts once
            }
            throw new RuleViolated(
                    "contribution-differs", "this contribution was already recorded with another content");
        }
        requirePositive(command.amount(), "a contribution must be more than zero");
        requirePaidBetween(command.paidOn(), calendar.dayOf(issued.issuedAt()), calendar.dayOf(command.at()));
        var share = issued.shareOf(command.partner());
        if (share.isZero()) {
            throw new RuleViolated("no-share", "%s has no share in this call".formatted(command.partner()));
        }
        if (!share.currency().equals(command.amount().currency())) {
            throw new RuleViolated(
                    "one-currency-per-fund",
                    "the share is owed in %s; record what was received in %s"
                            .formatted(
                                    share.currency().getCurrencyCode(),
                                    share.currency().getCurrencyCode()));
        }
        var owed = share.minus(issued.contributedBy(command.partner()));
        if (command.amount().compareTo(owed) > 0) {
            throw new RuleViolated(
                    "above-share-owed",
                    "%s owes %s of its share of %s; %s is more"
                            .formatted(command.partner(), owed, share, command.amount()));
        }
        return List.of(new ContributionReceived(
                command.call(),
                command.contribution(),
                command.partner(),
                command.amount(),
                command.paidOn(),
                command.at()));
    }

    private static List<CapitalCallIssued.Share> shares(Money amount, Commitments commitments, CalledCapital called) {
        var unfunded = called.unfunded(commitments);
        var available = Money.sum(unfunded.values(), amount.currency());
        if (amount.compareTo(available) > 0) {
            throw new RuleViolated(
                    "above-unfunded",
                    "the call is for %s but only %s of the commitments is unfunded".formatted(amount, available));
        }
        return ProRata.split(amount, commitments.byPartner(), unfunded).entrySet().stream()
                .filter(share -> share.getValue().isPositive())
                .map(share -> new CapitalCallIssued.Share(share.getKey(), share.getValue()))
                .toList();
    }

    private static void requireMilestoneOf(PhaseId phase, DraftCapitalCall command, Milestone milestone) {
        var own = switch (milestone) {
            case Milestone.Unknown _ ->
                throw new InvalidField("milestone", "no milestone %s is set".formatted(command.milestone()));
            case Milestone.Pending pending -> pending.phase();
            case Milestone.Reached reached -> reached.phase();
        };
        if (!own.equals(phase)) {
            throw new InvalidField("milestone", "milestone %s belongs to phase %s".formatted(command.milestone(), own));
        }
    }

    private static void requireReached(CapitalCall.Terms terms, Milestone milestone) {
        switch (milestone) {
            case Milestone.Reached _ -> {}
            case Milestone.Pending(var phase, int target) ->
                throw new RuleViolated(
                        "milestone-not-reached",
                        "milestone %s needs %d GPUs energised in phase %s".formatted(terms.milestone(), target, phase));
            case Milestone.Unknown _ ->
                throw new RuleViolated("milestone-not-reached", "milestone %s is not set".formatted(terms.milestone()));
        }
    }

    private static void requireNotice(LocalDate dueDate, Instant at, BusinessCalendar calendar) {
        var today = calendar.dayOf(at);
        var earliest = calendar.after(today, NOTICE_BUSINESS_DAYS);
        if (dueDate.isBefore(earliest)) {
            throw new RuleViolated(
                    "due-date-too-early",
                    "partners get %d business days' notice: counted from %s, %s is the earliest due date, not %s"
                            .formatted(NOTICE_BUSINESS_DAYS, today, earliest, dueDate));
        }
        if (dueDate.isAfter(today.plusYears(MOST_YEARS_AHEAD))) {
            throw new InvalidField("dueDate", "must be within %d years".formatted(MOST_YEARS_AHEAD));
        }
    }

    private static void requirePaidBetween(LocalDate paidOn, LocalDate issuedOn, LocalDate today) {
        // Partners pay ahead of a call when the site needs it; a value date further back is a typing error.
        var earliest = issuedOn.minusDays(MAX_DAYS_PAID_AHEAD);
        if (paidOn.isBefore(earliest) || paidOn.isAfter(today)) {
            throw new InvalidField(
                    "paidOn",
                    "must lie between %s, %d days before the call was issued, and today, %s"
                            .formatted(earliest, MAX_DAYS_PAID_AHEAD, today));
        }
    }

    private static void requirePositive(Money amount, String otherwise) {
        if (!amount.isPositive()) {
            throw new InvalidField("amount", otherwise);
        }
        MinorUnits.require(amount, "amount");
    }

    private static void requirePurpose(String purpose) {
        RequiredText.line("purpose", purpose, PURPOSE_CHARACTERS);
    }
}
