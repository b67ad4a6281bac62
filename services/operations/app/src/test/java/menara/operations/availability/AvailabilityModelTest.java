package menara.operations.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.operations.allocations.AllocationHistory.Allocation;
import menara.operations.incidents.IncidentHistory.Outage;
import menara.testkit.Seeds;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

/** Random histories against a model that looks at every minute of every rack and knows nothing of spans. */
class AvailabilityModelTest {

    private static final int ROUNDS = 300;
    private static final List<ZoneId> ZONES = IntStream.of(0, 1, 2, 3, 4)
            .mapToObj(List.of("Africa/Casablanca", "Europe/Paris", "UTC", "Asia/Seoul", "Asia/Kathmandu")::get)
            .map(ZoneId::of)
            .toList();

    @Test
    void random_histories_agree_with_a_model_that_looks_at_every_minute() {
        long seed = Seeds.of(AvailabilityModelTest.class);
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var month = Period.month(
                    YearMonth.of(2026, 1).plusMonths(random.nextInt(12)), ZONES.get(random.nextInt(ZONES.size())));
            var racks = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(n -> new RackId("r" + n))
                    .toList();
            var allocations = some(random, 4)
                    .mapToObj(_ -> new Allocation(pick(random, racks), minutes(random, month)))
                    .toList();
            var outages = some(random, 7)
                    .mapToObj(n ->
                            new Outage(new IncidentId(new UUID(0, n)), pick(random, racks), minutes(random, month)))
                    .toList();

            assertThat(Availability.of(month, allocations, outages))
                    .as("seed %d, round %d: %s in %s against %s", seed, round, allocations, month, outages)
                    .isEqualTo(minuteByMinute(month, racks, allocations, outages));
        }
    }

    private static Availability minuteByMinute(
            Period month, List<RackId> racks, List<Allocation> allocations, List<Outage> outages) {
        long due = 0;
        long down = 0;
        Set<IncidentId> incidents = new HashSet<>();
        for (var rack : racks) {
            var held = allocations.stream()
                    .filter(allocation -> allocation.racks().contains(rack))
                    .toList();
            var hit = outages.stream()
                    .filter(outage -> outage.racks().contains(rack))
                    .toList();
            for (var minute = month.from(); minute.isBefore(month.until()); minute = minute.plusSeconds(60)) {
                boolean dueNow = false;
                for (var allocation : held) {
                    dueNow |= allocation.period().contains(minute);
                }
                if (!dueNow) {
                    continue;
                }
                due++;
                boolean downNow = false;
                for (var outage : hit) {
                    if (outage.period().contains(minute)) {
                        downNow = true;
                        incidents.add(outage.incident());
                    }
                }
                down += downNow ? 1 : 0;
            }
        }
        var ordered = new ArrayList<>(incidents);
        ordered.sort((a, b) -> a.value().compareTo(b.value()));
        return new Availability(due * 60, down * 60, ordered);
    }

    private static IntStream some(SplittableRandom random, int most) {
        return IntStream.range(0, random.nextInt(most + 1));
    }

    private static List<RackId> pick(SplittableRandom random, List<RackId> racks) {
        var first = racks.get(random.nextInt(racks.size()));
        return racks.stream()
                .filter(rack -> rack.equals(first) || random.nextBoolean())
                .toList();
    }

    /** Whole minutes that begin and end up to ten days around the month; one in four is shorter than two hours. */
    private static Period minutes(SplittableRandom random, Period month) {
        long around = 10L * 24 * 60;
        long length = month.duration().toMinutes();
        long from = random.nextLong(-around, length + around);
        long most = random.nextInt(4) == 0 ? 120 : length;
        Instant start = month.from().plusSeconds(from * 60);
        return Period.between(start, start.plusSeconds(60 * (1 + random.nextLong(most))));
    }
}
