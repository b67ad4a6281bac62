package menara.capacity.reservation;

import java.util.HashSet;
import java.util.List;
import menara.capacity.events.Demand;
import menara.platform.web.InvalidField;
import menara.values.NodeId;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/**
 * Which racks somebody asks for over HTTP.
 *
 * @param count how many, 1 to 5,000; may be left out when names are given
 * @param hall all of them in this hall
 * @param names exactly these racks
 */
public record RacksRequest(
        @Nullable Integer count,
        @Nullable NodeId hall,
        @Nullable List<RackId> names) {

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
            return new Demand(count == null ? wanted.size() : count, hall, wanted);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("racks.count", String.valueOf(e.getMessage()));
        }
    }
}
