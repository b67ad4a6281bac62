package menara.capacity.envelope;

import static menara.capacity.campus.Scenes.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Scenes;
import menara.capacity.documents.MongoForTests;
import menara.capacity.envelope.EnvelopeDocuments.Promise;
import menara.capacity.events.PowerReleased;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationSealed;
import menara.capacity.events.Share;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnvelopeDocumentsTest {

    @RegisterExtension
    static final MongoForTests MONGO = new MongoForTests();

    private static final PhaseId P1 = new PhaseId("p1");
    private static final NodeId H1 = new NodeId("h1");
    private static final Promise PROMISE = new Promise(H1, P1, Power.watts(30));
    private static final List<Share> SHARES = List.of(new Share(H1, P1, List.of(new RackId("a")), Power.watts(30)));

    private final EnvelopeDocuments documents = new EnvelopeDocuments(MONGO.database());

    /** Promised on day 1 for days 10 to 20, ended on day 15 from day 14 on. */
    @BeforeEach
    void tell() {
        for (int times = 0; times < 2; times++) { // a replay changes nothing
            documents.on(Scenes.phase("p1", Power.watts(1_000)));
            documents.on(release(1, 100, 100, day(0)));
            documents.on(release(2, 50, 150, day(10)));
            documents.on(Scenes.hall("h1", "p1", Power.watts(500)));
            documents.on(new ReservationSealed(
                    reservation(), contract(), tenant(), Scenes.days(10, 20), SHARES, 72, Power.watts(30), day(1)));
            documents.on(new RacksReturned(
                    reservation(), contract(), tenant(), Scenes.days(10, 20), SHARES, day(14), day(15)));
        }
    }

    @Test
    void a_phase_shows_its_releases_in_the_order_in_which_they_were_recorded() {
        assertThat(documents.phase(P1)).hasValueSatisfying(phase -> {
            assertThat(phase.released()).isEqualTo(Power.watts(150));
            assertThat(phase.commissionings())
                    .extracting(PhaseView.Commissioning::at)
                    .containsExactly(day(0), day(10));
        });
        assertThat(documents.phase(new PhaseId("p9"))).isEmpty();
    }

    @Test
    void a_promise_holds_from_the_beginning_of_its_period_until_before_its_end() {
        var beforeItsEnd = day(14);

        assertThat(documents.promises(day(10).minusMillis(1), beforeItsEnd)).isEmpty();
        assertThat(documents.promises(day(10), beforeItsEnd)).containsExactly(PROMISE);
        assertThat(documents.promises(day(20).minusMillis(1), beforeItsEnd)).containsExactly(PROMISE);
        assertThat(documents.promises(day(20), beforeItsEnd)).isEmpty();
    }

    @Test
    void an_early_end_is_known_only_after_it_was_recorded() {
        assertThat(documents.promises(day(14), day(15).minusMillis(1))).containsExactly(PROMISE);
        assertThat(documents.promises(day(14), day(15))).isEmpty();
        assertThat(documents.promises(day(14).minusMillis(1), day(15))).containsExactly(PROMISE);
    }

    @Test
    void a_promise_was_not_known_before_it_was_made() {
        assertThat(documents.promises(day(12), day(1).minusMillis(1))).isEmpty();
    }

    @Test
    void nothing_is_known_before_the_first_day() {
        assertThat(documents.allPhases(Scenes.NOW.minusMillis(1))).isEmpty();
        assertThat(documents.allHalls(Scenes.NOW.minusMillis(1))).isEmpty();
        assertThat(documents.allPhases(Scenes.NOW)).hasSize(1);
        assertThat(documents.allHalls(Scenes.NOW)).hasSize(1);
    }

    private static PowerReleased release(int number, long watts, long total, Instant effectiveAt) {
        return new PowerReleased(P1, new UUID(0, number), Power.watts(watts), Power.watts(total), effectiveAt, day(0));
    }

    private static ReservationId reservation() {
        return new ReservationId(new UUID(0, 1));
    }

    private static ContractId contract() {
        return new ContractId(new UUID(0, 2));
    }

    private static TenantId tenant() {
        return new TenantId("atlas-ai");
    }
}
