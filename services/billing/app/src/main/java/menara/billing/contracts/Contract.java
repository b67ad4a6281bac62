package menara.billing.contracts;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;

/**
 * What a tenant and the campus agreed to: term, price plan, currency, time zone and service level; signed once, then amended, renewed or
 * terminated.
 */
public sealed interface Contract {

    /** No contract of this id. */
    record None() implements Contract {}

    /**
     * @param contract the contract
     * @param tenant who uses and pays
     * @param plan the first price plan; each hour of use is charged by the version in force then
     * @param term when it is in force, after all changes; whole hours in {@code timeZone}
     * @param currency ISO 4217, the plan's
     * @param timeZone IANA zone in which its months and hours are counted
     * @param serviceLevel the first service level and what missing it costs
     * @param signedAt when it was signed
     * @param terms what was agreed beside price and service, with the buyer after all changes
     * @param changes what was agreed later, in order
     */
    record Signed(
            ContractId contract,
            TenantId tenant,
            PricePlanId plan,
            Period term,
            Currency currency,
            ZoneId timeZone,
            ServiceLevel serviceLevel,
            Instant signedAt,
            ContractTerms terms,
            List<ContractChange> changes)
            implements Contract {

        public Signed {
            changes = List.copyOf(changes);
        }

        /** A contract as signed, on the usual terms. */
        public Signed(
                ContractId contract,
                TenantId tenant,
                PricePlanId plan,
                Period term,
                Currency currency,
                ZoneId timeZone,
                ServiceLevel serviceLevel,
                Instant signedAt) {
            this(
                    contract,
                    tenant,
                    plan,
                    term,
                    currency,
                    timeZone,
                    serviceLevel,
                    signedAt,
                    ContractTerms.USUAL,
                    List.of());
        }

        /** Every calendar month that the term touches, in order. */
        public List<YearMonth> months() {
            var first = YearMonth.from(term.from().atZone(timeZone));
            var last = YearMonth.from(term.until().minusNanos(1).atZone(timeZone));
            return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
                    .toList();
        }

        /** Which plan is in force when, in order and without a gap. */
        public List<Agreement> agreements() {
            var agreements = new ArrayList<Agreement>();
            var from = term.from();
            var current = plan;
            for (var change : changes) {
                if (change instanceof ContractChange.Amendment amendment
                        && amendment.from().isBefore(term.until())) {
                    if (from.isBefore(amendment.from())) {
                        agreements.add(new Agreement(new Period(from, amendment.from()), current));
                    }
                    from = amendment.from();
                    current = amendment.plan();
                }
            }
            agreements.add(new Agreement(new Period(from, term.until()), current));
            return agreements;
        }

        /** The service level of a month: the one in force when the month begins. */
        public ServiceLevel serviceLevelIn(YearMonth month) {
            var begin = month.atDay(1).atStartOfDay(timeZone).toInstant();
            var promised = serviceLevel;
            for (var change : changes) {
                if (change instanceof ContractChange.Amendment amendment
                        && amendment.serviceLevel() != null
                        && !amendment.from().isAfter(begin)) {
                    promised = amendment.serviceLevel();
                }
            }
            return promised;
        }

        /** Whether the change of a request has been made. */
        boolean has(ChangeId change) {
            return changes.stream().anyMatch(made -> made.change().equals(change));
        }

        /** The contract as of {@code asOf}: without what was agreed later. */
        public Signed asOf(Instant asOf) {
            var known = changes.stream()
                    .filter(change -> !change.at().isAfter(asOf))
                    .toList();
            return known.size() == changes.size() ? this : with(known, endAsOf(asOf), termsAsOf(asOf));
        }

        private Instant endAsOf(Instant asOf) {
            return changes.stream()
                    .filter(change -> change.at().isAfter(asOf))
                    .<Instant>mapMulti((change, each) -> {
                        if (change instanceof ContractChange.NewEnd end) {
                            each.accept(end.before());
                        }
                    })
                    .findFirst()
                    .orElse(term.until());
        }

        private ContractTerms termsAsOf(Instant asOf) {
            return changes.stream()
                    .filter(change -> change.at().isAfter(asOf))
                    .<ContractTerms>mapMulti((change, each) -> {
                        if (change instanceof ContractChange.NewBuyer buyer) {
                            each.accept(terms.addressedTo(buyer.before()));
                        }
                    })
                    .findFirst()
                    .orElse(terms);
        }

        Signed changedBy(ContractChange change) {
            var known = Stream.concat(changes.stream(), Stream.of(change)).toList();
            return switch (change) {
                case ContractChange.Amendment _ -> with(known, term.until(), terms);
                case ContractChange.NewEnd end -> with(known, end.until(), terms);
                case ContractChange.NewBuyer buyer -> with(known, term.until(), terms.addressedTo(buyer.buyer()));
            };
        }

        private Signed with(List<ContractChange> known, Instant until, ContractTerms agreed) {
            return new Signed(
                    contract,
                    tenant,
                    plan,
                    new Period(term.from(), until),
                    currency,
                    timeZone,
                    serviceLevel,
                    signedAt,
                    agreed,
                    known);
        }
    }

    /**
     * @param period a part of the term
     * @param plan price plan in force in it
     */
    record Agreement(Period period, PricePlanId plan) {}
}
