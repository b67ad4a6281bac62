package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the campus must do, written as plainly as possible and without any code of the service: time is an array of minutes, every
 * question is answered by adding up everything again, and whether something fits is found by trying every choice of racks.
 */
public final class BruteForceCampus {

    private final int minutes;
    private final Map<String, long[]> releasedByPhase = new HashMap<>();
    private final Map<String, Long> limitByHall = new HashMap<>();
    private final Map<String, String> phaseByHall = new HashMap<>();
    private final Map<String, Long> limitByNode = new HashMap<>();
    private final Map<String, List<String>> feeders = new HashMap<>();
    private final Map<String, List<String>> hangsOn = new HashMap<>();
    private final Map<String, long[]> lostByNode = new HashMap<>();
    private final List<OneRack> racks = new ArrayList<>();
    private final Map<String, Taken> commitments = new LinkedHashMap<>();

    /** A rack by name, the hall it stands in, the watts it draws. */
    public record OneRack(String name, String hall, long watts) {}

    private record Taken(Set<String> racks, int from, int until) {}

    public BruteForceCampus(int minutes) {
        this.minutes = minutes;
    }

    public void release(String phase, long watts, int fromMinute) {
        var released = releasedByPhase.computeIfAbsent(phase, _ -> new long[minutes]);
        for (int minute = Math.max(0, fromMinute); minute < minutes; minute++) {
            released[minute] += watts;
        }
    }

    public void hall(String hall, String phase, long limit) {
        releasedByPhase.computeIfAbsent(phase, _ -> new long[minutes]);
        limitByHall.put(hall, limit);
        phaseByHall.put(hall, phase);
    }

    public void rack(String name, String hall, long watts) {
        racks.add(new OneRack(name, hall, watts));
    }

    /** A node of the power tree, or cooling; {@code fedBy} nodes told before. */
    public void node(String node, long limit, List<String> fedBy) {
        limitByNode.put(node, limit);
        feeders.put(node, fedBy);
    }

    public void connect(String rack, List<String> nodes) {
        hangsOn.put(rack, nodes);
    }

    /** A hall or a phase carries less for some minutes. */
    public void derate(String node, long watts, int from, int until) {
        var lost = lostByNode.computeIfAbsent(node, _ -> new long[minutes]);
        for (int minute = from; minute < until; minute++) {
            lost[minute] += watts;
        }
    }

    private long lost(String node, int minute) {
        return lostByNode.getOrDefault(node, new long[minutes])[minute];
    }

    void forget(String reservation) {
        commitments.remove(reservation);
    }

    private Set<String> nodesAbove(String rack) {
        var above = new HashSet<String>();
        var next = new ArrayList<>(hangsOn.getOrDefault(rack, List.of()));
        while (!next.isEmpty()) {
            var node = next.removeLast();
            above.add(node);
            next.addAll(feeders.getOrDefault(node, List.of()));
        }
        return above;
    }

    public void commitment(String reservation, Set<String> names, int from, int until) {
        commitments.put(reservation, new Taken(names, from, until));
    }

    void end(String reservation, int at) {
        commitments.computeIfPresent(reservation, (_, taken) -> new Taken(taken.racks(), taken.from(), at));
    }

    /** The first thing that is committed beyond its limit, in words; empty when all is well. */
    public String oversold() {
        for (int minute = 0; minute < minutes; minute++) {
            var byNode = new HashMap<String, Long>();
            var seen = new HashMap<String, String>();
            for (var commitment : commitments.entrySet()) {
                if (commitment.getValue().from() <= minute
                        && minute < commitment.getValue().until()) {
                    for (OneRack rack : racks) {
                        if (commitment.getValue().racks().contains(rack.name())) {
                            var other = seen.put(rack.name(), commitment.getKey());
                            if (other != null) {
                                return "rack " + rack.name() + " twice at minute " + minute;
                            }
                            byNode.merge(rack.hall(), rack.watts(), Long::sum);
                            byNode.merge("phase of " + phase(rack), rack.watts(), Long::sum);
                            for (String node : nodesAbove(rack.name())) {
                                byNode.merge("node " + node, rack.watts(), Long::sum);
                            }
                        }
                    }
                }
            }
            for (var hall : limitByHall.entrySet()) {
                if (byNode.getOrDefault(hall.getKey(), 0L) > hall.getValue() - lost(hall.getKey(), minute)) {
                    return "hall " + hall.getKey() + " at minute " + minute;
                }
            }
            for (var node : limitByNode.entrySet()) {
                if (byNode.getOrDefault("node " + node.getKey(), 0L) > node.getValue()) {
                    return "node " + node.getKey() + " at minute " + minute;
                }
            }
            for (var phase : releasedByPhase.entrySet()) {
                if (byNode.getOrDefault("phase of " + phase.getKey(), 0L)
                        > phase.getValue()[minute] - lost(phase.getKey(), minute)) {
                    return "phase " + phase.getKey() + " at minute " + minute;
                }
            }
        }
        return "";
    }

    /** Whether any choice of {@code count} racks out of {@code eligible} can be committed for these minutes. */
    public boolean anyChoiceFits(int count, List<OneRack> eligible, int from, int until) {
        for (int choice = 0; choice < 1 << eligible.size(); choice++) {
            if (Integer.bitCount(choice) == count) {
                var names = new HashSet<String>();
                for (int i = 0; i < eligible.size(); i++) {
                    if ((choice & (1 << i)) != 0) {
                        names.add(eligible.get(i).name());
                    }
                }
                commitment("try", names, from, until);
                boolean fits = oversold().isEmpty();
                commitments.remove("try");
                if (fits) {
                    return true;
                }
            }
        }
        return false;
    }

    public List<OneRack> racks() {
        return racks;
    }

    private String phase(OneRack rack) {
        return String.valueOf(phaseByHall.get(rack.hall()));
    }
}
