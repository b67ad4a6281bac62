package menara.billing.leakage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.metering.ParkedUsage;
import menara.eventstore.spring.DueDates;
import menara.platform.eventsourcing.RecurringWork;
import menara.values.ContractId;
import org.springframework.stereotype.Component;

/**
 * What would bring no money unless somebody looked: racks kept, handed over or used, and charges accrued, that no invoice asks for. Metrics
 * show, updated once an hour, the leaks of the present month, and the unbilled months of the last year.
 */
@Component
class RevenueLeakage extends RecurringWork {

    static final Duration EVERY = Duration.ofHours(1);

    /** Months before the present one whose invoices are looked at for the metric. */
    static final int MONTHS_BACK = 12;

    private final ContractReadModel contracts;
    private final ContractLeakage ofContracts;
    private final HandOverLeakage ofHandOvers;
    private final ParkedUsage parked;
    private final Clock clock;
    private final Map<Leakage.Kind, AtomicInteger> counts = new ConcurrentHashMap<>();

    RevenueLeakage(
            ContractReadModel contracts,
            ContractLeakage ofContracts,
            HandOverLeakage ofHandOvers,
            ParkedUsage parked,
            DueDates dueDates,
            Clock clock,
            MeterRegistry metrics) {
        super(EVERY, dueDates, clock);
        this.contracts = contracts;
        this.ofContracts = ofContracts;
        this.ofHandOvers = ofHandOvers;
        this.parked = parked;
        this.clock = clock;
        for (var kind : Leakage.Kind.values()) {
            var count = new AtomicInteger();
            counts.put(kind, count);
            metrics.gauge(
                    "menara.billing.revenue.leakage",
                    List.of(Tag.of("kind", kind.name().toLowerCase(Locale.ROOT))),
                    count);
        }
    }

    /** The leaks of {@code month} in each contract's zone, as of {@code asOf}. */
    List<Leakage> of(YearMonth month, Instant asOf) {
        var signed = contracts.all();
        var leaks = new ArrayList<Leakage>();
        signed.forEach(contract -> leaks.addAll(ofContracts.of(contract, month, asOf)));
        leaks.addAll(ofHandOvers.of(byId(signed), month, asOf));
        leaks.addAll(parked(month));
        return leaks;
    }

    private static Map<ContractId, Contract.Signed> byId(List<Contract.Signed> signed) {
        return signed.stream().collect(Collectors.toMap(Contract.Signed::contract, Function.identity()));
    }

    /** Listed in every month: its own month is known only when it is counted. */
    private List<Leakage> parked(YearMonth month) {
        return parked.all().stream()
                .map(item -> new Leakage(
                        Leakage.Kind.ACCEPTED_NOT_COUNTED,
                        item.contract(),
                        month,
                        "usage set aside since %s: %s".formatted(item.parkedAt(), item.error())))
                .toList();
    }

    @Override
    public String kind() {
        return "billing.revenue-leakage";
    }

    @Override
    protected void work(Instant since) {
        var now = clock.instant();
        var signed = contracts.all();
        var found = new ArrayList<Leakage>();
        for (var contract : signed) {
            var month = YearMonth.from(now.atZone(contract.timeZone()));
            found.addAll(ofContracts.of(contract, month, now));
            var past = contract.months().stream()
                    .filter(one -> one.isBefore(month) && !one.isBefore(month.minusMonths(MONTHS_BACK)))
                    .toList();
            found.addAll(ofContracts.unasked(contract, past, now));
        }
        var present = YearMonth.from(now.atZone(ZoneOffset.UTC));
        found.addAll(ofHandOvers.of(byId(signed), present, now));
        found.addAll(parked(present));
        counts.forEach((kind, count) -> count.set(
                (int) found.stream().filter(leak -> leak.kind() == kind).count()));
    }
}
