package menara.capacity.placement;

import java.util.HashSet;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;

/**
 * Which racks a caller asks for over HTTP. The size is given once: as racks, as GPUs, as power, or by naming them.
 *
 * @param count how many, 1 to 5,000; may be left out when names are given
 * @param hall all of them in this hall
 * @param names exactly these racks
 * @param gpus at least so many GPUs, in whole racks
 * @param power racks of at least so much planned power
 * @param phase all of them in this phase
 * @param contiguous whether they must stand next to each other in one row
 * @param spread whether the loss of any one power node above them may take at most half of them, rounded up
 * @param level least level of sovereignty, 1 or 2
 */
public record RacksRequest(
        @Nullable Integer count,
        @Nullable NodeId hall,
        @Nullable List<RackId> names,
        @Nullable Integer gpus,
        @Nullable Power power,
        @Nullable PhaseId phase,
        @Nullable Boolean contiguous,
        @Nullable Boolean spread,
        @Nullable Integer level) {

    /** Whether the number of racks depends on the campus. */
    public boolean isBySize() {
        return gpus != null || power != null;
    }

    /** The same request, with its size in racks. */
    public RacksRequest of(int racks) {
        return new RacksRequest(racks, hall, names, gpus, power, phase, contiguous, spread, level);
    }

    public Demand demand() {
        var wanted = names == null ? List.<RackId>of() : names;
        var seen = new HashSet<RackId>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!seen.add(wanted.get(i))) {
                throw new InvalidField(
                        "racks.names[%d]".formatted(i), "rack %s is named twice".formatted(wanted.get(i)));
            }
        }
        if (count == null && wanted.isEmpty()) {
            throw new InvalidField("racks.count", "say how many racks, or name them in racks.names");
        }
        try {
            return new Demand(
                    count == null ? wanted.size() : count, hall, wanted, phase, contiguous, spread, level, gpus, power);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("racks.count", String.valueOf(e.getMessage()));
        }
    }

    /**
     * The number of racks that have at least the requested GPUs or power, whichever of the eligible racks are chosen.
     *
     * @throws InvalidField if the size is given in more than one way, or cannot be met
     */
    int racks(Campus campus) {
        if (count != null || names != null || (gpus != null && power != null)) {
            throw new InvalidField("racks", "give the size once: count, gpus, power or names");
        }
        var field = gpus != null ? "racks.gpus" : "racks.power";
        long wanted = gpus != null ? gpus : power == null ? 0 : power.watts();
        long smallest = EligibleRacks.racks(of(1).demand(), campus)
                .mapToLong(rack -> gpus != null ? rack.gpus() : rack.power().watts())
                .filter(size -> size > 0)
                .min()
                .orElseThrow(() -> new InvalidField(field, "there are no such racks to count in"));
        long racks = Math.ceilDiv(wanted, smallest);
        if (wanted <= 0 || racks > Demand.MAX_RACKS) {
            throw new InvalidField(
                    field, "must be more than 0 and at most %d racks of %d".formatted(Demand.MAX_RACKS, smallest));
        }
        return (int) racks;
    }
}
