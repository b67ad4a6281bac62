package menara.capacity.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.StateForm;

/** A state that is written down and read again at random moments of its history, beside the same one that is folded whole. */
public final class ThroughSnapshots<S> {

    /** Of so many events one is followed by a snapshot. */
    private static final int RARITY = 8;

    public static final EventSourcedState<Boundary, Campus, CampusEvent> CAMPUS = new CampusConfiguration().campus();

    private final EventSourcedState<Boundary, S, CampusEvent> definition;
    private final StateForm<Boundary, S> form;
    private final SplittableRandom random;
    private S whole;
    private S through;

    public ThroughSnapshots(EventSourcedState<Boundary, S, CampusEvent> definition, SplittableRandom random) {
        this.definition = definition;
        this.form = definition.form().orElseThrow();
        this.random = random;
        this.whole = definition.initial().apply(new Boundary.Site());
        this.through = whole;
    }

    public static ThroughSnapshots<Campus> ofCampus(SplittableRandom random) {
        return new ThroughSnapshots<>(CAMPUS, random);
    }

    /** The one that went through snapshots. */
    public S state() {
        return through;
    }

    public void tell(CampusEvent event) {
        whole = definition.evolve().apply(whole, event);
        through = definition.evolve().apply(through, event);
        if (random.nextInt(RARITY) == 0) {
            through = form.state(form.bytes(through));
        }
    }

    /** Nothing tells the two from each other, down to the last field. */
    public void check(String history) {
        assertThat(form.bytes(through)).as(history).isEqualTo(form.bytes(whole));
        assertThat(through).as(history).isEqualTo(whole);
    }
}
