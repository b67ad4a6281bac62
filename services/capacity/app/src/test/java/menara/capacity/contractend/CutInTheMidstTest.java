package menara.capacity.contractend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.capacity.CapacityApplication;
import menara.capacity.contractend.ContractEndCommands.CutToTerm;
import menara.capacity.contracts.ContractTestAccess;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.ledger.Ledgers;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.state.CurrentStates;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.StoredLog;
import menara.testkit.TestClock;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that dies while it cuts the commitments of a contract that ended: after the new end was stored, and after each of the cuts. The event of
 * billing is delivered again then.
 */
class CutInTheMidstTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant ENDS = Instant.parse("2034-01-01T00:00:00Z");
    private static final int COMMITMENTS = 3;

    private final ContractId contract = new ContractId(UUID.randomUUID());
    private final ContractTermChanged ended = new ContractTermChanged(contract, 1, ENDS, NOW);

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Lives for so many cuts; the last one is stored, and nobody hears of it. */
    private static final class Dying implements Commands {

        private final Commands alive;
        private int left;

        Dying(Commands alive, int cuts) {
            this.alive = alive;
            this.left = cuts;
        }

        @Override
        public <R> R send(Object command, Class<R> resultType) {
            if (!(command instanceof CutToTerm)) {
                return alive.send(command, resultType);
            }
            if (left == 0) {
                throw new Killed();
            }
            var answer = alive.send(command, resultType);
            if (--left == 0) {
                throw new Killed();
            }
            return answer;
        }

        @Override
        public void send(Object command) {
            throw new UnsupportedOperationException(command.toString());
        }
    }

    @Test
    void each_commitment_is_cut_once_wherever_the_process_died() {
        try (var service = new RunningService("capacity", CapacityApplication.class, new TestClock(NOW))) {
            var contracts = service.bean(KnownContracts.class);
            var signed = new ContractSigned(
                    contract,
                    new TenantId("atlas-ai"),
                    Period.between(NOW, Instant.parse("2040-01-01T00:00:00Z")),
                    Currency.getInstance("MAD"),
                    ZoneOffset.UTC,
                    new BigDecimal("99.9"),
                    NOW);
            ContractTestAccess.signed(service, signed);
            build(service);
            var reservations = new ArrayList<String>();
            for (int i = 0; i < COMMITMENTS; i++) {
                reservations.add(confirmed(service, 2033 + i));
            }

            // It lives for one cut more each time: the first dies before any, the next after the first …
            for (int cuts = 0; cuts < COMMITMENTS; cuts++) {
                var dying = new Dying(service.bean(Commands.class), Math.min(cuts, 1));
                assertThatThrownBy(() -> end(service, dying)).isInstanceOf(Killed.class);
                assertThat(contracts.of(contract))
                        .isNotNull()
                        .satisfies(known -> assertThat(known.term().until())
                                .as("the end was stored before anything else")
                                .isEqualTo(ENDS));
                assertThat(cutShort(service)).hasSize(cuts);
            }
            service.restart();
            end(service, service.bean(Commands.class));
            end(service, service.bean(Commands.class)); // delivered twice after all

            assertThat(cutShort(service)).containsExactlyInAnyOrderElementsOf(reservations);
            for (int i = 0; i < COMMITMENTS; i++) {
                var found = service.get("/api/capacity/reservations/" + reservations.get(i), manager(service))
                        .body();
                assertThat(found.path("state").asString()).isEqualTo(i == 0 ? "confirmed" : "released");
            }
        }
    }

    private void end(RunningService service, Commands commands) {
        var ends = new ContractEnds(
                service.bean(KnownContracts.class),
                commands,
                service.bean(CurrentStates.class),
                Ledgers.DEFINITION,
                service.bean(Clock.class));
        ContractTestAccess.changed(service, ended, ends);
    }

    private static List<String> cutShort(RunningService service) {
        return StoredLog.read(service.mongo().getDatabase("menara_capacity"), "events").stream()
                .filter(event -> event.type().name().equals("menara.capacity.ReservationCutShort"))
                .map(event -> JsonMapper.shared()
                        .readTree(StoredLog.json(event))
                        .path("reservation")
                        .asString())
                .toList();
    }

    private static void build(RunningService service) {
        done(service, "/phases", """
                {"phase":"p1","name":"Phase 1","planned":{"value":40,"unit":"MW"},"plannedFrom":"2026-01-01"}""");
        done(service, "/phases/p1/commissionings", """
                {"power":{"value":40,"unit":"MW"},"at":"2026-01-01T00:00:00Z"}""");
        done(service, "/halls", """
                {"hall":"h1","phase":"p1","limit":{"value":264,"unit":"kW"}}""");
        done(service, "/racks", """
                {"racks":[{"rack":"r1","hall":"h1","gpus":72,"model":"NVL72","plannedPower":{"value":132,"unit":"kW"}}]}""");
    }

    /** From the middle of that year until the middle of the next. */
    private String confirmed(RunningService service, int year) {
        var id = done(service, "/reservations", """
                {"contract":"%s","tenant":"atlas-ai","racks":{"count":1},
                 "period":{"from":"%d-07-01T00:00:00Z","until":"%d-07-01T00:00:00Z"}}""".formatted(contract, year, year + 1));
        done(service, "/reservations/" + id + "/confirmation", "{}");
        return id;
    }

    private static String done(RunningService service, String path, String body) {
        var answer = service.post("/api/capacity" + path, manager(service), body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.body().path("reservation").asString("");
    }

    private static String manager(RunningService service) {
        return service.tokens().token("manager", Role.CAPACITY_MANAGER);
    }
}
