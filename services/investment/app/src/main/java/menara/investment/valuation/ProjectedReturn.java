package menara.investment.valuation;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.investment.accounts.Ledger;
import menara.investment.commitments.ProRata;
import menara.investment.valuation.CashFlow.Kind;
import menara.values.Money;
import menara.values.PartnerId;

/**
 * The yearly return that partners may expect, as the cash flows it rests on: what they paid and owe, and what billing forecasts.
 *
 * @param flows in the fund's currency, by date
 * @param notIncluded forecast revenue in other currencies
 * @param missing inputs that are missing for a meaningful rate; empty if none
 */
record ProjectedReturn(List<CashFlow> flows, List<NotIncluded> notIncluded, List<String> missing) {

    /**
     * Revenue that is not part of the flows. No contract is named: partners see tenants in aggregate only.
     *
     * @param net revenue net of credits over all months, in its own currency
     * @param contracts how many contracts
     */
    record NotIncluded(Money net, int contracts, String reason) {}

    ProjectedReturn {
        flows = List.copyOf(flows);
        notIncluded = List.copyOf(notIncluded);
        missing = List.copyOf(missing);
    }

    /**
     * @param ledger the lines of all partners, as of the valuation date
     * @param forecasts one per contract, as of the valuation date
     * @param scope one partner, or the whole fund if empty
     * @param valuationDate money still owed after its due date cannot flow earlier than this
     */
    static ProjectedReturn of(
            Ledger ledger, Collection<RevenueForecast> forecasts, Optional<PartnerId> scope, LocalDate valuationDate) {
        var fund = ledger.currency();
        if (fund.isEmpty()) {
            return new ProjectedReturn(
                    List.of(), notIncluded(forecasts, fund), List.of("no partner has committed capital yet"));
        }
        var own = scope.map(ledger::of).orElse(ledger);
        var paid =
                Stream.concat(contributions(own), openCalls(own, valuationDate)).toList();
        var earned = revenue(ledger, forecasts, scope, fund.get());
        var missing = new ArrayList<String>();
        if (paid.isEmpty()) {
            // A schedule for uncalled commitments would be a guess, and the rate would follow the guess.
            missing.add(
                    "no contribution is recorded and no capital call is open; when the commitments will be called is not known");
        }
        if (earned.isEmpty()) {
            missing.add("billing has published no revenue forecast in %s"
                    .formatted(fund.get().getCurrencyCode()));
        }
        var flows = Stream.concat(paid.stream(), earned.stream())
                .sorted(Comparator.comparing(CashFlow::date).thenComparing(CashFlow::kind))
                .toList();
        return new ProjectedReturn(flows, notIncluded(forecasts, fund), missing);
    }

    private static Stream<CashFlow> contributions(Ledger own) {
        return own.contributed().stream()
                .map(paid -> new CashFlow(
                        paid.paidOn(), Kind.CONTRIBUTION, paid.amount().negated()));
    }

    private static Stream<CashFlow> openCalls(Ledger own, LocalDate valuationDate) {
        return own.called().stream()
                .filter(share -> own.outstanding(share).isPositive())
                .map(share -> new CashFlow(
                        share.dueDate().isBefore(valuationDate) ? valuationDate : share.dueDate(),
                        Kind.OPEN_CALL,
                        own.outstanding(share).negated()));
    }

    private static List<CashFlow> revenue(
            Ledger ledger, Collection<RevenueForecast> forecasts, Optional<PartnerId> scope, Currency currency) {
        var byMonth = new TreeMap<YearMonth, Money>();
        forecasts.stream()
                .filter(forecast -> forecast.currency().equals(currency))
                .flatMap(forecast -> forecast.months().stream())
                .forEach(month -> byMonth.merge(month.month(), month.net(), Money::plus));
        var commitments = ledger.commitments();
        return byMonth.entrySet().stream()
                .map(month -> new CashFlow(
                        month.getKey().atEndOfMonth(),
                        Kind.FORECAST_REVENUE,
                        scope.map(partner -> ProRata.split(month.getValue().rounded(), commitments)
                                        .getOrDefault(partner, Money.zero(currency)))
                                .orElse(month.getValue().rounded())))
                .filter(flow -> !flow.amount().isZero())
                .toList();
    }

    private static List<NotIncluded> notIncluded(Collection<RevenueForecast> forecasts, Optional<Currency> fund) {
        var others = new TreeMap<String, List<RevenueForecast>>();
        forecasts.stream()
                .filter(forecast -> fund.filter(forecast.currency()::equals).isEmpty())
                .forEach(forecast -> others.computeIfAbsent(
                                forecast.currency().getCurrencyCode(), _ -> new ArrayList<>())
                        .add(forecast));
        return others.values().stream()
                .map(same -> new NotIncluded(
                        Money.sum(
                                same.stream().map(RevenueForecast::total).toList(),
                                same.getFirst().currency()),
                        same.size(),
                        fund.map(own -> "the commitments are in " + own.getCurrencyCode())
                                .orElse("no commitments, so no currency to value in")))
                .toList();
    }
}
