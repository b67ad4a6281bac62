package menara.capacity.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.capacity.boundary.Samples;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.HoldConfirmed;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWaitlisted;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.documents.MongoForTests;
import menara.platform.documents.Paging;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReservationReadModelTest {

    /** What does not happen in a life that is held first, changed, and ends with the racks being returned. */
    private static final Set<Class<?>> OTHERS = Set.of(
            ReservationRejected.class,
            ReservationWaitlisted.class,
            HoldExpired.class,
            ReservationWithdrawn.class,
            ReservationConfirmed.class,
            ReservationCutShort.class);

    @RegisterExtension
    static final MongoForTests MONGO = new MongoForTests();

    private final ReservationReadModel documents = new ReservationReadModel(MONGO.database());

    @Test
    void a_document_shows_what_the_state_shows_after_every_step() {
        Reservation state = new Reservation.None();
        for (var event : life()) {
            state = state.evolve(event);
            project(event);

            assertThat(documents.find(event.reservation())).contains(ReservationViews.of(state));
        }
    }

    @Test
    void a_rejection_shows_rule_and_reason() {
        var life = life();
        project(life.getFirst());
        Samples.events().stream()
                .filter(ReservationRejected.class::isInstance)
                .map(ReservationRejected.class::cast)
                .forEach(documents::on);

        assertThat(documents.find(life.getFirst().reservation())).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo(ReservationState.REJECTED);
            assertThat(view.rule()).isEqualTo("power-limit-exceeded");
            assertThat(view.reason()).contains("short of 132 kW");
        });
    }

    @Test
    void a_replay_from_any_point_changes_nothing() {
        life().forEach(this::project);
        var before = documents.find(life().getFirst().reservation());

        for (int from = 0; from < life().size(); from++) {
            project(life().get(from));

            assertThat(documents.find(life().getFirst().reservation())).isEqualTo(before);
        }
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        for (int i = 0; i < 25; i++) {
            documents.on(requested(i, i % 2 == 0 ? "even" : "odd"));
        }
        var seen = new ArrayList<ReservationId>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = documents.page(
                    Paging.of(Optional.of(5), cursor),
                    new ReservationReadModel.Filter(
                            Optional.of(new TenantId("even")),
                            Optional.empty(),
                            Optional.of(ReservationState.REQUESTED),
                            Optional.empty(),
                            Optional.empty()));
            page.items().forEach(view -> seen.add(view.reservation()));
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent());

        assertThat(seen).hasSize(13).doesNotHaveDuplicates();
    }

    private static ReservationRequested requested(int number, String tenant) {
        return new ReservationRequested(
                new ReservationId(new UUID(7, number)),
                new ContractId(new UUID(0, 1)),
                new TenantId(tenant),
                Scenes.days(0, 1),
                new Demand(1, null, List.of()),
                List.of(),
                Scenes.NOW);
    }

    /** At the end the racks are returned ahead of time, and then earlier still, since the contract ends. */
    private static List<ReservationEvent> life() {
        var life = new ArrayList<ReservationEvent>();
        for (var event : Samples.events()) {
            if (event instanceof ReservationEvent told && !OTHERS.contains(event.getClass())) {
                life.add(told);
            }
            if (event instanceof ReservationEnded returned) {
                life.add(new ReservationEnded(
                        returned.reservation(),
                        returned.contract(),
                        returned.tenant(),
                        new Period(returned.period().from(), returned.endedAt()),
                        returned.shares(),
                        returned.endedAt().minusSeconds(60),
                        new UUID(7, 7),
                        returned.at()));
            }
        }
        return life;
    }

    private void project(ReservationEvent event) {
        switch (event) {
            case ReservationRequested e -> documents.on(e);
            case ReservationConfirmed e -> documents.on(e);
            case ReservationRejected e -> documents.on(e);
            case ReservationActivated e -> documents.on(e);
            case ReservationEnded e -> documents.on(e);
            case ReservationWaitlisted e -> documents.on(e);
            case ReservationHeld e -> documents.on(e);
            case HoldConfirmed e -> documents.on(e);
            case HoldExpired e -> documents.on(e);
            case ReservationWithdrawn e -> documents.on(e);
            case ReservationReplaced e -> documents.on(e);
            case ReservationCutShort _ -> {} // the event before says what became of it
        }
    }
}
