package menara.eventstore.mongodb.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.simulation.StoredLog.Event;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** What everybody did and heard, for the checks; and for a reader, if one is wanted, in lines. */
final class History {

    private final Scheduler scheduler;
    private final boolean told;
    private final List<String> lines = new ArrayList<>();
    private final List<Append> appends = new ArrayList<>();
    private final List<Sourced> sourced = new ArrayList<>();
    private final Map<String, List<Seen>> followers = new HashMap<>();
    private final Map<String, Long> lastSeenAt = new HashMap<>();
    private final List<Seen> handled = new ArrayList<>();
    private long handledUntil;
    private final Map<String, Set<String>> applied = new HashMap<>();
    private final List<Report> reports = new ArrayList<>();
    private final Map<String, Due> due = new LinkedHashMap<>();
    private final List<String> alarms = new ArrayList<>();
    private @Nullable WentBack wentBack;
    private boolean brokenLog;

    /** How an append ended. */
    enum Outcome {
        /** Nobody heard: its process is dead. */
        OPEN,
        STORED,
        REFUSED,
        NOT_STORED,
        UNKNOWN
    }

    /** An append; one without tags has no condition. */
    static final class Append {

        final SimulatedProcess process;
        final String writer;
        final Set<Tag> condition;
        final long marker;
        final List<String> events;
        final long called;
        Outcome outcome = Outcome.OPEN;
        long answered;
        long next;

        Append(
                SimulatedProcess process,
                String writer,
                Set<Tag> condition,
                long marker,
                List<String> events,
                long called) {
            this.process = process;
            this.writer = writer;
            this.condition = condition;
            this.marker = marker;
            this.events = events;
            this.called = called;
        }

        @Override
        public String toString() {
            return "%s appends %s%s"
                    .formatted(writer, events, condition.isEmpty() ? "" : " unless " + condition + " since " + marker);
        }
    }

    /** What was sourced: all events with the tags, up to the marker. */
    record Sourced(String reader, Set<Tag> tags, long marker, List<String> events) {}

    /** An event where a follower saw it. */
    record Seen(long next, String event) {}

    History(Scheduler scheduler, boolean told) {
        this.scheduler = scheduler;
        this.told = told;
    }

    void tell(Supplier<String> line) {
        if (told) {
            lines.add("%,12.3f ms  %s".formatted(scheduler.now() / 1e6, line.get()));
        }
    }

    /**
     * The log was put back.
     *
     * @param at when
     * @param before the log as it was
     * @param cut how much of it was left
     */
    record WentBack(long at, List<Event> before, int cut) {}

    void wentBack(WentBack how) {
        wentBack = how;
        tell(() -> "an operator puts the log back to %d events of %d"
                .formatted(how.cut(), how.before().size()));
    }

    Optional<WentBack> wentBack() {
        return Optional.ofNullable(wentBack);
    }

    /** A process says at its start that something stands behind the end of the log. */
    void brokenLog() {
        if (wentBack == null) {
            alarm("the log is said to break off");
        }
        brokenLog = true;
    }

    /** Whether somebody has said so since it was asked last. */
    boolean takeBrokenLog() {
        boolean said = brokenLog;
        brokenLog = false;
        return said;
    }

    /** A processor says that it has seen more than the log holds. */
    void rolledBack(String process) {
        tell(() -> process + " says that what was projected is to be rebuilt");
    }

    /** Something that must not happen at all. */
    void alarm(String what) {
        tell(() -> "ALARM " + what);
        alarms.add(what);
    }

    Append begin(SimulatedProcess process, String writer, Set<Tag> condition, long marker, List<String> events) {
        var append = new Append(process, writer, condition, marker, events, scheduler.now());
        appends.add(append);
        tell(append::toString);
        return append;
    }

    void end(Append append, Outcome outcome, long next, String how) {
        append.outcome = outcome;
        append.answered = scheduler.now();
        append.next = next;
        tell(() -> "%s hears of %s: %s".formatted(append.writer, append.events, how));
    }

    void sourced(Sourced found) {
        sourced.add(found);
        tell(() ->
                "%s sources %s up to %d: %s".formatted(found.reader(), found.tags(), found.marker(), found.events()));
    }

    void seen(String follower, long next, String event) {
        lastSeenAt.put(follower, scheduler.now());
        followers.computeIfAbsent(follower, _ -> new ArrayList<>()).add(new Seen(next, event));
        tell(() -> "%s sees %s before %d".formatted(follower, event, next));
    }

    void handled(String processor, long next, String event) {
        handled.add(new Seen(next, event));
        handledUntil = Math.max(handledUntil, next);
        tell(() -> "%s handles %s before %d".formatted(processor, event, next));
    }

    /** An event has had its effect, whoever handled it. */
    void applied(String process, String sequence, String event) {
        applied.computeIfAbsent(sequence, _ -> new LinkedHashSet<>()).add(event);
        tell(() -> "%s applies %s".formatted(process, event));
    }

    void report(Report report) {
        reports.add(report);
        tell(() -> "%s reports %s to log %d".formatted(report.process.name(), report.reports, report.log));
    }

    List<Report> reports() {
        return reports;
    }

    Due due(String id) {
        return due.computeIfAbsent(id, Due::new);
    }

    List<String> lines() {
        return lines;
    }

    List<Append> appends() {
        return appends;
    }

    List<Sourced> sourced() {
        return sourced;
    }

    Map<String, List<Seen>> followers() {
        return followers;
    }

    long lastSeenAt(String follower) {
        return lastSeenAt.getOrDefault(follower, 0L);
    }

    List<Seen> handled() {
        return handled;
    }

    /** Of each sequence the events that had their effect, in the order in which they had it for the first time. */
    Map<String, Set<String>> applied() {
        return applied;
    }

    Collection<Due> due() {
        return due.values();
    }

    /** What others should be told of. */
    static List<String> publishable(List<Event> log) {
        return log.stream().map(Event::id).filter(Publisher::isPublished).toList();
    }

    boolean isPublished(StoredLog published, List<Event> log) {
        return published.events().size() >= publishable(log).size();
    }

    boolean isHandled(List<Event> log) {
        return wentBack == null
                ? handledUntil >= log.size()
                : handled.stream()
                        .map(Seen::event)
                        .collect(Collectors.toSet())
                        .containsAll(log.stream().map(Event::id).toList());
    }

    /** Whether a living process still waits to hear of an append. */
    boolean awaitsAnswers() {
        return appends.stream().anyMatch(append -> append.outcome == Outcome.OPEN && append.process.isAlive());
    }

    List<String> alarms() {
        return alarms;
    }
}
