package menara.capacity.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Why a reservation got its racks: every rack in the order of halls and names up to the last one taken, with the reason why others were
 * passed over.
 *
 * @param summary in a sentence
 * @param steps in the order in which the racks were looked at
 */
public record PlacementExplanation(String summary, List<Step> steps) {

    /** The finding on a rack. */
    private sealed interface Finding {

        record Taken() implements Finding {}

        /** Committed to another reservation in the period. */
        record Committed(Instant until) implements Finding {}

        /** @param node the first node above it that could not power it */
        record ShortOfPower(String node, Power missing) implements Finding {}

        /** It does not meet the demand, or is heavier than others. */
        record PassedOver() implements Finding {}
    }

    private record Found(Rack rack, Finding finding) {}

    /**
     * @param taken whether it was taken
     * @param takenUntil end of the commitment that had it; null if it was free
     * @param shortOf the first node above it that could not power it; null if there was none
     * @param missing power that the node lacked
     */
    public record Step(
            RackId rack,
            NodeId hall,
            boolean taken,
            @Nullable Instant takenUntil,
            @Nullable String shortOf,
            @Nullable Power missing) {

        private static Step of(Rack rack, Finding finding) {
            return switch (finding) {
                case Finding.Taken _ -> new Step(rack.rack(), rack.hall(), true, null, null, null);
                case Finding.Committed(var until) -> new Step(rack.rack(), rack.hall(), false, until, null, null);
                case Finding.ShortOfPower(var node, var missing) ->
                    new Step(rack.rack(), rack.hall(), false, null, node, missing);
                case Finding.PassedOver _ -> new Step(rack.rack(), rack.hall(), false, null, null, null);
            };
        }
    }

    /**
     * The same for a tenant. It must not learn which racks others have, until when, or what nodes lack: it learns only that some racks were
     * passed over, not which and not how many.
     */
    public PlacementExplanation ofItsOwn() {
        var own = steps.stream().filter(Step::taken).toList();
        return new PlacementExplanation(
                "racks taken by hall and name: %d%s"
                        .formatted(
                                own.size(),
                                own.size() == steps.size()
                                        ? ""
                                        : "; passed over: others that were not free, could not be powered or were not asked for"),
                own);
    }

    /** @param campus as it was when the racks were chosen */
    public static PlacementExplanation of(List<RackId> chosen, Period period, Campus campus) {
        var findings = new ArrayList<Found>();
        int left = chosen.size();
        var now = campus;
        for (Rack rack : campus.racks().toList()) {
            if (left == 0) {
                break;
            }
            var finding = chosen.contains(rack.rack()) ? new Finding.Taken() : against(rack, period, now);
            findings.add(new Found(rack, finding));
            if (finding instanceof Finding.Taken) {
                now = now.drawing(rack, period);
                left--;
            }
        }
        long others = count(findings, Finding.PassedOver.class);
        return new PlacementExplanation(
                "racks taken by hall and name: %d; passed over: %d committed to others in the period, %d for want of power%s"
                        .formatted(
                                chosen.size(),
                                count(findings, Finding.Committed.class),
                                count(findings, Finding.ShortOfPower.class),
                                others == 0 ? "" : ", %d not asked for or heavier than others".formatted(others)),
                findings.stream()
                        .map(found -> Step.of(found.rack(), found.finding()))
                        .toList());
    }

    /** Why a rack was not taken. */
    private static Finding against(Rack rack, Period period, Campus now) {
        var other = rack.taken().firstIn(period);
        if (other.isPresent()) {
            return new Finding.Committed(other.get().until());
        }
        for (var node : rack.above()) {
            long free = now.free(node).lowestWatts(period);
            if (free < rack.power().watts()) {
                return new Finding.ShortOfPower(node, Power.watts(rack.power().watts() - Math.max(0, free)));
            }
        }
        return new Finding.PassedOver();
    }

    private static long count(List<Found> findings, Class<? extends Finding> kind) {
        return findings.stream()
                .filter(found -> kind.isInstance(found.finding()))
                .count();
    }
}
