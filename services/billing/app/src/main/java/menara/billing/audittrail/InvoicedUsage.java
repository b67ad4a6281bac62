package menara.billing.audittrail;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanReadModel;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.invoicing.InvoiceReadModel;
import menara.billing.meters.Series;
import menara.values.ContractId;
import menara.values.Period;
import org.springframework.stereotype.Component;

/**
 * Finds the invoice lines that include the usage: the lines of its charge and month on the first invoice made after the usage was reported.
 */
@Component
class InvoicedUsage {

    private final ContractReadModel contracts;
    private final PricePlanReadModel plans;
    private final InvoiceReadModel invoices;

    InvoicedUsage(ContractReadModel contracts, PricePlanReadModel plans, InvoiceReadModel invoices) {
        this.contracts = contracts;
        this.plans = plans;
        this.invoices = invoices;
    }

    /**
     * @param invoice its id
     * @param number as printed; empty before issue
     * @param line number of the line
     * @param explanation what the line says
     */
    record Reached(String invoice, String number, int line, String explanation) {}

    /**
     * @param series what was used
     * @param period when
     * @param receivedAt when it was reported; earlier invoices cannot hold it
     */
    List<Reached> reachedBy(ContractId contract, Series series, Period period, Instant receivedAt) {
        return contracts
                .find(contract)
                .map(signed -> reached(signed, series, period, receivedAt))
                .orElse(List.of());
    }

    private List<Reached> reached(Contract.Signed contract, Series series, Period period, Instant receivedAt) {
        var keys = keys(contract, series, period);
        var months = Stream.of(period.from(), period.until().minusMillis(1))
                .map(instant ->
                        YearMonth.from(instant.atZone(contract.timeZone())).toString())
                .collect(Collectors.toSet());
        var reached = new ArrayList<Reached>();
        var done = new LinkedHashSet<String>();
        for (var invoice : invoices.of(contract.contract())) {
            if (invoice.isVoid() || invoice.approvedAt().isBefore(receivedAt)) {
                continue;
            }
            for (var line : invoice.content().lines()) {
                var month = line.month().toString();
                if (months.contains(month)
                        && !done.contains(month)
                        && keys.stream().anyMatch(line.key()::startsWith)) {
                    reached.add(new Reached(
                            invoice.invoice().toString(),
                            invoice.issued().map(issued -> issued.number()).orElse(""),
                            line.number(),
                            line.explanation()));
                }
            }
            invoice.content().lines().forEach(line -> done.add(line.month().toString()));
        }
        return reached;
    }

    private Set<String> keys(Contract.Signed contract, Series series, Period period) {
        return contract.agreements().stream()
                .filter(agreement -> agreement.period().overlaps(period))
                .flatMap(agreement -> plans.find(agreement.plan()).stream())
                .flatMap(plan -> plan.versions().stream()
                        .flatMap(version -> version.everyCharge().stream()
                                .filter(charge -> counts(charge, series))
                                .map(charge -> key(plan, version, charge))))
                .collect(Collectors.toSet());
    }

    private static boolean counts(Charge charge, Series series) {
        return series.meter().code().equals(charge.meter()) && charge.covers(series.dimensions());
    }

    private static String key(PricePlan.Published plan, PricePlan.Version version, Charge charge) {
        return String.join("|", charge.code(), plan.plan().value(), Integer.toString(version.number()), "");
    }
}
