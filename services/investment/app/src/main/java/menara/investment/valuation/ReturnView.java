package menara.investment.valuation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import menara.investment.accounts.Ledger;
import menara.values.Money;
import menara.values.PartnerId;
import org.jspecify.annotations.Nullable;

/**
 * A projected return as it is shown.
 *
 * @param asOf as-of time
 * @param partner the partner whose share it is, null for the whole fund
 * @param dayCount how years are counted
 * @param method what the flows are and what they leave out, for readers who rely on the rate
 * @param commitment what is committed in this scope, null before the first commitment
 * @param uncalled its uncalled part; no schedule is assumed for it
 * @param result the rate, or why there is none
 * @param flows the cash flows of the result, by date
 * @param notIncluded forecast revenue in other currencies, per currency
 */
record ReturnView(
        Instant asOf,
        @Nullable PartnerId partner,
        String dayCount,
        String method,
        @Nullable Money commitment,
        @Nullable Money uncalled,
        Result result,
        List<FlowView> flows,
        List<ProjectedReturn.NotIncluded> notIncluded) {

    private static final String METHOD =
            "contributions on their value dates, open calls when they are due, and the revenue that billing forecasts over the terms of its contracts: "
                    + "racks that were handed over, what is agreed by the month, and usage at the run rate of the last month that is over, less service credits. "
                    + "Without costs, taxes, distributions, reservations not handed over yet and what is not called.";

    /** Rates are fractions a year as text with ten decimals: {@code 0.1000000000} is 10 %. */
    sealed interface Result {

        /** Exactly one rate. */
        record Rate(String outcome, String xirr) implements Result {}

        /** Several rates, none of them chosen. */
        record SeveralRoots(String outcome, List<String> xirrs) implements Result {}

        /** No rate. */
        record NoRoot(String outcome, String reason) implements Result {}

        /** Not computed. */
        record Incomplete(String outcome, List<String> missing) implements Result {}
    }

    /** @param kind {@code contribution}, {@code open-call} or {@code forecast-revenue} */
    record FlowView(LocalDate date, String kind, Money amount) {}

    static ReturnView of(Instant asOf, Optional<PartnerId> scope, Ledger known, ProjectedReturn projected) {
        var own = scope.map(known::of).orElse(known);
        return new ReturnView(
                asOf,
                scope.orElse(null),
                "Act/365",
                METHOD,
                known.currency().map(own::commitment).orElse(null),
                known.currency().map(own::unfunded).orElse(null),
                result(projected),
                projected.flows().stream()
                        .map(flow -> new FlowView(flow.date(), name(flow.kind()), flow.amount()))
                        .toList(),
                projected.notIncluded());
    }

    private static Result result(ProjectedReturn projected) {
        if (!projected.missing().isEmpty()) {
            return new Result.Incomplete("incomplete", projected.missing());
        }
        return switch (Xirr.of(projected.flows())) {
            case InternalRate.One(var rate) -> new Result.Rate("rate", rate.toPlainString());
            case InternalRate.Several(var rates) ->
                new Result.SeveralRoots(
                        "several-roots",
                        rates.stream().map(rate -> rate.toPlainString()).toList());
            case InternalRate.None(var reason) -> new Result.NoRoot("no-root", reason);
        };
    }

    private static String name(CashFlow.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
