package menara.billing.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

/** What is in memory of contracts is what was there when it was asked for, or later. */
class ContractsEditionTest {

    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final int ROUNDS = 200;
    private static final int READERS = 4;

    @Test
    void a_contract_is_read_once_until_any_instance_changes_one() {
        var database = TestDatabases.fresh();
        var one = new ContractsEdition(database);
        var other = new ContractsEdition(database);
        var reads = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(find(one, until(1), reads)).isEqualTo(until(1));
        }
        assertThat(reads).hasValue(1);

        other.changed();
        assertThat(find(one, until(2), reads)).isEqualTo(until(2));
        assertThat(reads).hasValue(2);
    }

    @Test
    void a_contract_that_is_not_there_is_looked_for_each_time() {
        var edition = new ContractsEdition(TestDatabases.fresh());
        assertThat(edition.contracts(List.of(CONTRACT), _ -> List.of())).isEmpty();
        assertThat(edition.contracts(List.of(CONTRACT), _ -> List.of(until(1)))).containsKey(CONTRACT);
    }

    @Test
    void whoever_asks_after_a_change_sees_it_however_many_ask_at_the_same_moment() {
        var database = TestDatabases.fresh();
        var reading = new ContractsEdition(database);
        var changing = new ContractsEdition(database);
        var stored = new AtomicReference<>(until(0));
        for (int round = 1; round <= ROUNDS; round++) {
            int changed = round;
            var asked = IntStream.range(0, READERS)
                    .mapToObj(_ -> CompletableFuture.runAsync(
                            () -> reading.contracts(List.of(CONTRACT), _ -> List.of(stored.get()))))
                    .toList();
            stored.set(until(changed));
            changing.changed();
            assertThat(reading.contracts(List.of(CONTRACT), _ -> List.of(stored.get())))
                    .as("round %d", round)
                    .containsEntry(CONTRACT, until(changed));
            asked.forEach(CompletableFuture::join);
        }
    }

    private static Contract.Signed find(ContractsEdition edition, Contract.Signed stored, AtomicInteger reads) {
        var found = edition.contracts(List.of(CONTRACT), _ -> {
            reads.incrementAndGet();
            return List.of(stored);
        });
        return found.values().iterator().next();
    }

    private static Contract.Signed until(int days) {
        return new Contract.Signed(
                CONTRACT,
                new TenantId("atlas-ai"),
                new PricePlanId("plan"),
                new Period(NOW, NOW.plusSeconds(86_400L * (1 + days))),
                Currency.getInstance("MAD"),
                ZoneOffset.UTC,
                new ServiceLevel(new BigDecimal("99.9"), List.of()),
                NOW,
                ContractTerms.USUAL,
                List.of());
    }
}
