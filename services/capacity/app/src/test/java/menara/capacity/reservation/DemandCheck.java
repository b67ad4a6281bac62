package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Knows where racks stand and what they hang on, as they were told to it, and holds a choice of racks against a request. */
public final class DemandCheck {

    /** As told, in plain words. */
    public record Place(String hall, String phase, int level, String row, String feed, int gpus, long watts) {}

    /** What was asked for; null, 0 or false where nothing was. */
    public record Request(
            int count,
            String hall,
            String phase,
            int level,
            boolean contiguous,
            boolean spread,
            int gpus,
            long watts,
            Set<String> names) {}

    private final Map<String, Place> places = new TreeMap<>();

    public void rack(String name, Place place) {
        places.put(name, place);
    }

    public Place place(String rack) {
        return places.getOrDefault(rack, new Place("", "", 0, "", "", 0, 0));
    }

    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    /** What of the request those racks are not, in words; empty if they are all of it. */
    public List<String> broken(Request request, List<String> racks) {
        var broken = new ArrayList<String>();
        if (racks.size() != request.count() || new HashSet<>(racks).size() != racks.size()) {
            broken.add("%s are not %d racks".formatted(racks, request.count()));
        }
        int gpus = 0;
        long watts = 0;
        var byFeed = new HashMap<String, Integer>();
        for (var rack : racks) {
            var place = place(rack);
            gpus += place.gpus();
            watts += place.watts();
            byFeed.merge(place.feed(), 1, Integer::sum);
            if (!request.hall().isEmpty() && !request.hall().equals(place.hall())) {
                broken.add("%s is in hall %s, not %s".formatted(rack, place.hall(), request.hall()));
            }
            if (!request.phase().isEmpty() && !request.phase().equals(place.phase())) {
                broken.add("%s is in phase %s, not %s".formatted(rack, place.phase(), request.phase()));
            }
            if (place.level() < request.level()) {
                broken.add("%s has level %d, not %d".formatted(rack, place.level(), request.level()));
            }
            if (!request.names().isEmpty() && !request.names().contains(rack)) {
                broken.add(rack + " was not named");
            }
        }
        if (gpus < request.gpus() || watts < request.watts()) {
            broken.add(
                    "%d GPUs and %d W are less than %d and %d".formatted(gpus, watts, request.gpus(), request.watts()));
        }
        if (request.spread() && byFeed.values().stream().anyMatch(most -> most > (request.count() + 1) / 2)) {
            broken.add("%s hang on feeds %s".formatted(racks, byFeed));
        }
        if (request.contiguous() && !isContiguous(racks)) {
            broken.add("%s do not stand next to each other".formatted(racks));
        }
        return broken;
    }

    private boolean isContiguous(List<String> racks) {
        var first = place(racks.getFirst());
        var row = names().stream()
                .filter(name -> place(name).hall().equals(first.hall())
                        && place(name).row().equals(first.row()))
                .toList();
        var sorted = racks.stream().sorted().toList();
        int begins = row.indexOf(sorted.getFirst());
        return begins >= 0
                && begins + sorted.size() <= row.size()
                && row.subList(begins, begins + sorted.size()).equals(sorted);
    }
}
