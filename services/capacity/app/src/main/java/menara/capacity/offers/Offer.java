package menara.capacity.offers;

import java.util.List;
import menara.capacity.commitments.Share;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;

/**
 * Racks that are free, and powered, for a period.
 *
 * @param kind how it differs from what was asked for
 * @param period when
 * @param shares what it would take of each hall
 * @param gpus GPUs in those racks
 * @param power planned power of those racks, in watts
 * @param explanation the difference in words
 * @param distance how far it is from what was asked for, 0 for the same: periods shifted, plus the part of the racks that is
 *     missing, plus a little for other racks than the ones wanted
 */
public record Offer(
        Kind kind, Period period, List<Share> shares, int gpus, Power power, String explanation, double distance) {

    public enum Kind {
        AS_ASKED,
        ELSEWHERE,
        EARLIER,
        LATER,
        FEWER
    }

    public List<RackId> racks() {
        return shares.stream().flatMap(share -> share.racks().stream()).toList();
    }
}
