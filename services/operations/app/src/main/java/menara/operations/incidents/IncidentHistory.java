package menara.operations.incidents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import menara.values.IncidentId;
import menara.values.Period;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * An incident with all records of its outage.
 *
 * @param incident the incident
 * @param openedAt when it was recorded
 * @param racks the racks it was opened for
 * @param startedAt when the outage began, as recorded when the incident was opened
 * @param outages the outage as resolved and as corrected since, in order of recording; empty while it is open
 */
public record IncidentHistory(
        IncidentId incident, Instant openedAt, List<RackId> racks, Instant startedAt, List<Recorded> outages) {

    /**
     * One version of an outage.
     *
     * @param outage the recorded outage
     * @param at when it was recorded
     * @param reason why it replaced the version before; null of the first
     * @param by name of the person who replaced it; null of the first
     */
    public record Recorded(
            Outage outage,
            Instant at,
            @Nullable String reason,
            @Nullable String by) {}

    /**
     * Racks that were down.
     *
     * @param incident the incident
     * @param racks the racks
     * @param period when
     */
    public record Outage(IncidentId incident, List<RackId> racks, Period period) {}

    /** The corrections, in the order in which they were made. */
    List<IncidentView.CorrectionView> corrections() {
        return IntStream.range(1, outages.size())
                .mapToObj(i -> {
                    var replaced = outages.get(i - 1).outage();
                    var now = outages.get(i);
                    return new IncidentView.CorrectionView(
                            now.at(),
                            now.by(),
                            now.reason(),
                            new Incident.Correction.Version(replaced.racks(), replaced.period()),
                            new Incident.Correction.Version(
                                    now.outage().racks(), now.outage().period()));
                })
                .toList();
    }

    /** The racks of all versions of the outage. */
    List<RackId> racksEverDown() {
        return outages.stream()
                .flatMap(recorded -> recorded.outage().racks().stream())
                .distinct()
                .toList();
    }

    /** The periods of all versions of the outage. */
    List<Period> periodsEverDown() {
        return outages.stream().map(recorded -> recorded.outage().period()).toList();
    }

    /** The outage as of now. */
    public Optional<Outage> latest() {
        return outageAsOf(Instant.MAX);
    }

    /** The outage as of {@code instant}. */
    public Optional<Outage> outageAsOf(Instant instant) {
        return outages.stream()
                .filter(recorded -> !recorded.at().isAfter(instant))
                .reduce((_, later) -> later)
                .map(Recorded::outage);
    }

    /** Whether it was recorded by {@code instant} and not resolved as of then. */
    public boolean openAsOf(Instant instant) {
        return !openedAt.isAfter(instant) && outageAsOf(instant).isEmpty();
    }
}
