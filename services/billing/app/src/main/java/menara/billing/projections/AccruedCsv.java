package menara.billing.projections;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.meters.Meter;
import menara.platform.web.Csv;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;

/**
 * The accrued projection for spreadsheets. Rows of kind {@code charge}, {@code sla-credit} and {@code concession} add up to what accrued;
 * those of kind {@code invoice} and {@code credit-note} take off what was invoiced, so that all rows add up to what is unbilled.
 * A row of kind {@code not-rated} has no amount that could be added.
 */
final class AccruedCsv {

    static final List<String> HEADER = List.of(
            "contract",
            "tenant",
            "month",
            "kind",
            "meter",
            "planVersion",
            "quantity",
            "unit",
            "exactQuantity",
            "unitPrice",
            "amount",
            "currency",
            "explanation",
            "asOf");

    private static final List<String> NOTHING_COUNTED = List.of("", "", "", "", "", "");

    private AccruedCsv() {}

    static String of(AccruedView view) {
        var text = new StringBuilder(Csv.line(HEADER));
        for (var accrued : view.contracts()) {
            accrued.lines().forEach(line -> text.append(row(view, accrued, line)));
            accrued.creditLines().forEach(credit -> text.append(row(view, accrued, credit)));
            accrued.documents().forEach(document -> text.append(rows(view, accrued, document)));
            text.append(beyond(view, accrued));
        }
        view.notRated().forEach(contract -> text.append(row(view, contract)));
        return text.toString();
    }

    /** A contract that cannot be rated: a spreadsheet shows an error for its amount and for every sum over it. */
    private static String row(AccruedView view, AccruedView.NotRated contract) {
        return row(
                contract.contract(),
                contract.tenant(),
                contract.month(),
                "not-rated",
                NOTHING_COUNTED,
                "#N/A",
                contract.currency(),
                contract.reason(),
                view.asOf());
    }

    private static String row(AccruedView view, AccruedView.Accrued accrued, AccruedView.Line line) {
        var exact = Optional.ofNullable(line.milliGpuMilliseconds())
                .or(() -> Optional.ofNullable(line.rackMilliseconds()))
                .<Object>map(BigDecimal::new)
                .orElse("");
        var unitPrice =
                Optional.ofNullable(line.unitPrice()).<Object>map(Money::amount).orElse("");
        return row(
                view,
                accrued,
                "charge",
                List.of(
                        Optional.ofNullable(line.meter()).map(Meter::code).orElse(""),
                        line.planVersion(),
                        Optional.ofNullable(line.quantity())
                                .<Object>map(BigDecimal::new)
                                .orElse(""),
                        Optional.ofNullable(line.unit()).orElse(""),
                        exact,
                        unitPrice),
                line.amount(),
                line.explanation());
    }

    private static String row(AccruedView view, AccruedView.Accrued accrued, AccruedView.CreditLine credit) {
        return row(view, accrued, "sla-credit", NOTHING_COUNTED, credit.amount().negated(), credit.explanation());
    }

    /** A concession lowers accrued and invoiced alike, so unbilled stays the same. */
    private static String rows(AccruedView view, AccruedView.Accrued accrued, AccruedView.Document document) {
        var taken = row(
                view,
                accrued,
                document.kind() == AccruedView.DocumentKind.INVOICE ? "invoice" : "credit-note",
                NOTHING_COUNTED,
                document.net().negated(),
                document.number());
        return switch (document.kind()) {
            case INVOICE, CORRECTION -> taken;
            case CONCESSION ->
                row(view, accrued, "concession", NOTHING_COUNTED, document.net(), document.number()) + taken;
        };
    }

    /** The part of the concessions beyond the month's charges, added back; no row if there is none. */
    private static String beyond(AccruedView view, AccruedView.Accrued accrued) {
        var letOff = Money.sum(
                accrued.documents().stream()
                        .filter(document -> document.kind() == AccruedView.DocumentKind.CONCESSION)
                        .map(document -> document.net().negated())
                        .toList(),
                accrued.charges().currency());
        var beyond = letOff.minus(accrued.concessions());
        return beyond.isZero()
                ? ""
                : row(view, accrued, "concession", NOTHING_COUNTED, beyond, "conceded beyond what the month came to");
    }

    private static String row(
            AccruedView view,
            AccruedView.Accrued accrued,
            String kind,
            List<?> quantity,
            Money amount,
            String explanation) {
        return row(
                accrued.contract(),
                accrued.tenant(),
                accrued.month(),
                kind,
                quantity,
                amount.amount(),
                amount.currency(),
                explanation,
                view.asOf());
    }

    private static String row(
            ContractId contract,
            TenantId tenant,
            YearMonth month,
            String kind,
            List<?> quantity,
            Object amount,
            Currency currency,
            String explanation,
            Instant asOf) {
        var cells = new ArrayList<Object>(List.of(contract, tenant, month, kind));
        cells.addAll(quantity);
        cells.addAll(List.of(amount, currency, explanation, asOf));
        return Csv.line(cells);
    }
}
