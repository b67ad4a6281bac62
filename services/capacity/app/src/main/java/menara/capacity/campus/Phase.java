package menara.capacity.campus;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import menara.capacity.layout.PhasePostponed;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * A stage in which the campus is built: it has a nameplate power, of which commissioning releases one part after the other.
 *
 * @param phase its name in ids
 * @param name what people call it
 * @param planned nameplate power, in watts
 * @param plannedFrom day from which the power is expected
 * @param releases what was released, in the order in which it was recorded
 * @param level of sovereignty, 1 or 2; 0 if it has none
 * @param free what of the released power is not committed, over time
 */
public record Phase(
        PhaseId phase,
        String name,
        Power planned,
        LocalDate plannedFrom,
        List<Release> releases,
        int level,
        Headroom free) {

    /**
     * Power released at once.
     *
     * @param release the release's own id
     * @param power additional power, in watts
     * @param effectiveAt first instant at which it is there
     * @param recordedAt when it was recorded
     */
    public record Release(UUID release, Power power, Instant effectiveAt, Instant recordedAt) {}

    public Phase {
        releases = List.copyOf(releases);
    }

    /** Power released so far, whenever it takes effect. */
    public Power released() {
        return releases.stream().map(Release::power).reduce(Power.ZERO, Power::plus);
    }

    public boolean knows(UUID release) {
        return releases.stream().anyMatch(known -> known.release().equals(release));
    }

    Phase with(Headroom headroom) {
        return new Phase(phase, name, planned, plannedFrom, releases, level, headroom);
    }

    Phase classified(int newLevel) {
        return new Phase(phase, name, planned, plannedFrom, releases, newLevel, free);
    }

    /** The same power, later. */
    Phase postponed(PhasePostponed event) {
        var later = new ArrayList<Release>();
        var headroom = free;
        for (var release : releases) {
            var moved = event.moved().stream()
                    .filter(candidate -> candidate.release().equals(release.release()))
                    .findFirst();
            later.add(moved.map(move -> new Release(
                            release.release(), release.power(), move.missing().until(), release.recordedAt()))
                    .orElse(release));
        }
        for (var move : event.moved()) {
            headroom = headroom.takenFor(move.missing(), move.power());
        }
        return new Phase(phase, name, planned, event.plannedFrom(), later, level, headroom);
    }

    Phase plus(Release release) {
        var more = new ArrayList<>(releases);
        more.add(release);
        return new Phase(
                phase, name, planned, plannedFrom, more, level, free.grownFrom(release.effectiveAt(), release.power()));
    }
}
