package menara.capacity.offers;

import java.util.List;
import menara.capacity.commitments.Share;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;

/**
 * Racks that are free, and can be powered, for a period.
 *
 * @param kind how it differs from the request
 * @param period when the racks are free
 * @param shares racks and power it would take in each hall
 * @param gpus GPUs in those racks
 * @param power planned power of those racks, in watts
 * @param explanation the difference in words
 * @param distance how far it is from the request, 0 for the same: the shift in lengths of the period, plus the missing part of the racks,
 * plus a little for racks other than the requested ones
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
