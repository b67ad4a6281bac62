package menara.billing.reassessment;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import menara.billing.metering.ChargesListener;
import menara.eventstore.spring.DueDates;
import menara.values.ContractId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Schedules a reassessment of a contract's credits and forecast after its charges changed: once for each contract and interval, however
 * many events there were. The due date is stored before a batch of usage is marked as counted, so a crash does not lose it.
 */
@Component
public class Reassessments implements ChargesListener {

    static final String KIND = "billing.reassessment";

    /** Contracts whose last due date is remembered; forgetting one only costs storing the same date again. */
    private static final int MAX_REMEMBERED = 10_000;

    /** Due dates stored at the same moment. */
    private static final int MAX_AT_ONCE = 32;

    private final DueDates dueDates;
    private final Clock clock;
    private final long intervalMillis;
    private final Map<ContractId, Instant> scheduled = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .<ContractId, Instant>build()
            .asMap();

    Reassessments(DueDates dueDates, Clock clock, @Value("${menara.billing.reassessment-interval}") Duration interval) {
        this.dueDates = dueDates;
        this.clock = clock;
        this.intervalMillis = interval.toMillis();
    }

    public void chargesChanged(ContractId contract) {
        chargesChanged(Set.of(contract));
    }

    @Override
    public void chargesChanged(Set<ContractId> contracts) {
        // The end of the interval is part of the id: later changes make a due date of their own and never postpone this
        // one.
        var due = Instant.ofEpochMilli((clock.millis() / intervalMillis + 1) * intervalMillis);
        Set<ContractId> fresh;
        fresh = contracts.stream()
                .filter(contract -> !due.equals(scheduled.get(contract)))
                .collect(Collectors.toSet());
        if (fresh.isEmpty()) {
            return;
        }
        schedule(fresh, due);
        fresh.forEach(contract -> scheduled.put(contract, due));
    }

    /** Many at the same moment: they become durable together, and usage waits for all of them. */
    private void schedule(Set<ContractId> contracts, Instant due) {
        try (var scheduling =
                Executors.newFixedThreadPool(MAX_AT_ONCE, Thread.ofVirtual().factory())) {
            var all = contracts.stream()
                    .map(contract -> CompletableFuture.runAsync(
                            () -> dueDates.schedule(KIND, contract + "|" + due, due), scheduling))
                    .toList();
            all.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Racks go on costing until the month ends, and a credit is a share of the whole month. */
    void reassessAfter(ContractId contract, YearMonth month, Instant end) {
        if (end.isAfter(clock.instant())) {
            dueDates.schedule(KIND, contract + "|" + month, end.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    static String contractOf(String id) {
        return id.substring(0, id.indexOf('|'));
    }
}
