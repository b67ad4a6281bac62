package menara.billing.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.values.ContractId;
import org.junit.jupiter.api.Test;

class ForecastsByDateTest {

    private static final Instant BEGIN = Instant.parse("2026-06-15T12:00:07Z");
    private static final int LOOKS = Math.toIntExact(ForecastsByDate.EVERY.dividedBy(ForecastsByDate.LOOKS_EVERY));
    private static final int FAIR_SHARE = 200;
    private static final int CONTRACTS = FAIR_SHARE * LOOKS;

    @Test
    void contracts_have_their_turns_evenly_through_the_time_there_is_for_all() {
        var random = new SplittableRandom(4);
        assertSpread(Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(CONTRACTS)
                .map(ContractId::new)
                .toList());
        assertSpread(IntStream.range(0, CONTRACTS)
                .mapToObj(number -> new ContractId(new UUID(0, number)))
                .toList());
    }

    private static void assertSpread(List<ContractId> contracts) {
        long all = 0;
        for (int look = 0; look < LOOKS; look++) {
            var since = BEGIN.plus(ForecastsByDate.LOOKS_EVERY.multipliedBy(look));
            var now = since.plus(ForecastsByDate.LOOKS_EVERY);
            long turns = contracts.stream()
                    .filter(contract -> ForecastsByDate.hasTurn(contract, since, now))
                    .count();
            assertThat(turns).as("look %d", look).isBetween(FAIR_SHARE / 2L, FAIR_SHARE * 3L / 2);
            all += turns;
        }
        assertThat(all).as("each has one turn").isEqualTo(CONTRACTS);
    }

    @Test
    void a_contract_has_one_turn_in_each_span_however_long_nobody_looked() {
        var contract = new ContractId(new UUID(3, 4));
        for (int hours = 6; hours < 100; hours++) {
            assertThat(ForecastsByDate.hasTurn(contract, BEGIN, BEGIN.plus(Duration.ofHours(hours))))
                    .isTrue();
        }
        assertThat(ForecastsByDate.hasTurn(contract, BEGIN, BEGIN)).isFalse();
    }
}
