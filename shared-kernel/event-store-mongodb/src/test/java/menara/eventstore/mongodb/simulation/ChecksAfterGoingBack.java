package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.simulation.History.Append;
import menara.eventstore.mongodb.simulation.History.Outcome;
import menara.eventstore.mongodb.simulation.History.Seen;
import menara.eventstore.mongodb.simulation.History.WentBack;
import menara.eventstore.mongodb.simulation.StoredLog.Event;

/** What is kept where an operator has put the log back: whoever had seen more stops and says so, and who comes after works on what is there. */
final class ChecksAfterGoingBack {

    /** How long a process may write behind what was lost, while no fault tells it to look. */
    private static final long UNNOTICED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A process that is cut off for so long may still hand out what it has in memory. */
    private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final History history;
    private final WentBack back;
    private final List<Event> log;
    private final Map<String, Event> byId = new HashMap<>();
    private final long noticed;
    private final boolean processors;
    private final boolean isWhole;
    private final List<String> violations = new ArrayList<>();

    ChecksAfterGoingBack(History history, WentBack back, StoredLog stored, Scenario scenario) {
        this.history = history;
        this.back = back;
        this.log = stored.events();
        log.forEach(event -> byId.put(event.id(), event));
        this.noticed =
                back.at() + UNNOTICED_NANOS + scenario.limits().callTimeout().toNanos();
        this.processors = scenario.processors();
        this.isWhole = stored.beside().isEmpty();
        violations.addAll(history.alarms());
    }

    List<String> violations() {
        history.appends().forEach(this::append);
        history.followers().forEach(this::follower);
        if (processors && isWhole) {
            handling();
        }
        return violations;
    }

    private void append(Append append) {
        boolean stored = append.events.stream().allMatch(byId::containsKey);
        if (append.outcome == Outcome.STORED && append.called > noticed && !stored) {
            violations.add(append + ": was acknowledged long after the log went back, and no reader finds it");
        }
        boolean denied = append.outcome == Outcome.REFUSED || append.outcome == Outcome.NOT_STORED;
        // What was on its way before may have found its place free again.
        if (denied && append.called > back.at() && append.events.stream().anyMatch(byId::containsKey)) {
            violations.add(append + ": was told not to be stored and is");
        }
    }

    /** Each follower sees the log as it is; or as it was, and then nothing more once its process must have noticed. */
    private void follower(String name, List<Seen> seen) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).next() != i + 1) {
                violations.add("%s sees %s where event %d is next".formatted(name, seen.get(i), i));
                return;
            }
            var there = i < log.size() ? log.get(i).id() : "nothing";
            boolean same = seen.get(i).event().equals(there);
            if (!same && (i < back.cut() || history.lastSeenAt(name) > noticed + TROUBLE_NANOS)) {
                violations.add("%s sees %s where %s is".formatted(name, seen.get(i), there));
                return;
            }
        }
    }

    /** Everything was handled, if need be from the beginning. Of what lies within a later commit nobody knows that it is none of the log's. */
    private void handling() {
        var handled = history.handled().stream().map(Seen::event).collect(Collectors.toSet());
        log.stream()
                .filter(event -> !handled.contains(event.id()))
                .forEach(event -> violations.add(event + " was not handled"));
    }
}
