package menara.eventstore.mongodb.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.simulation.History.Append;
import menara.eventstore.mongodb.simulation.History.Outcome;
import menara.eventstore.mongodb.simulation.History.Seen;
import menara.eventstore.mongodb.simulation.KnownKeys.Verdict;
import menara.eventstore.mongodb.simulation.StoredLog.Event;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonDocumentReader;
import org.bson.BsonString;
import org.bson.codecs.DecoderContext;

/** Holds what everybody did and heard against what is stored in the end. */
final class Checks {

    private final History history;
    private final StoredLog log;
    private final Map<String, Event> byId = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    Checks(History history, StoredLog log) {
        this.history = history;
        this.log = log;
        log.events().forEach(event -> byId.put(event.id(), event));
        violations.addAll(history.alarms());
        violations.addAll(log.faults());
    }

    List<String> violations() {
        return violations;
    }

    /** Each append is answered in time, and what was answered is true. */
    Checks appends(Duration limit) {
        Set<String> known = new HashSet<>();
        for (var append : history.appends()) {
            known.addAll(append.events);
            if (append.outcome != Outcome.OPEN && append.answered - append.called > limit.toNanos()) {
                violate(append, "was answered after %,d ms".formatted((append.answered - append.called) / 1_000_000));
            }
            boolean stored = isWhole(append);
            switch (append.outcome) {
                case STORED -> {
                    if (!stored) {
                        violate(append, "was acknowledged and is not stored");
                    } else if (append.next != last(append) + 1) {
                        violate(append, "was told to be before %d and is not".formatted(append.next));
                    }
                }
                case REFUSED -> {
                    if (stored) {
                        violate(append, "was refused and is stored");
                    }
                    refusal(append);
                }
                case NOT_STORED -> {
                    if (stored) {
                        violate(append, "was told not to be stored and is");
                    }
                }
                case UNKNOWN, OPEN -> {} // may be there or not
            }
            if (stored) {
                condition(append);
            }
        }
        log.events().stream()
                .filter(event -> !known.contains(event.id()))
                .forEach(event -> violations.add("nobody appended " + event.id()));
        return this;
    }

    private long last(Append append) {
        var last = byId.get(append.events.getLast());
        return last == null ? -1 : last.position();
    }

    private boolean isWhole(Append append) {
        long next = -1;
        int found = 0;
        for (var id : append.events) {
            var event = byId.get(id);
            if (event != null) {
                if (found > 0 && event.position() != next) {
                    violate(append, "does not stand together");
                }
                next = event.position() + 1;
                found++;
            }
        }
        if (found > 0 && found < append.events.size()) {
            violate(append, "is stored in part");
        }
        return found > 0;
    }

    /** Nothing that its condition speaks of came between. */
    private void condition(Append append) {
        long first = last(append) - append.events.size() + 1;
        between(append.condition, append.marker, first)
                .filter(_ -> !append.condition.isEmpty())
                .findFirst()
                .ifPresent(event -> violate(append, "is stored although %s came between".formatted(event)));
    }

    /** What it was refused for was there when it was refused. */
    private void refusal(Append append) {
        if (between(append.condition, append.marker, Long.MAX_VALUE)
                .noneMatch(event -> event.at() <= append.answered)) {
            violate(append, "was refused and nothing stood against it");
        }
    }

    private Stream<Event> between(Set<Tag> tags, long from, long until) {
        return log.events().stream()
                .filter(event -> event.position() >= from && event.position() < until)
                .filter(event -> event.tags().containsAll(tags));
    }

    private void violate(Append append, String how) {
        violations.add(append + ": " + how);
    }

    /** What was sourced is what the log holds before the marker, all of it and nothing else. */
    Checks sources() {
        for (var sourced : history.sourced()) {
            var expected =
                    between(sourced.tags(), 0, sourced.marker()).map(Event::id).toList();
            if (!expected.equals(sourced.events())) {
                violations.add("%s, but there are %s".formatted(sourced, expected));
            }
        }
        return this;
    }

    /** Each follower sees every event once, in order. */
    Checks followers() {
        history.followers().forEach((follower, seen) -> {
            for (int i = 0; i < seen.size(); i++) {
                var expected = i < log.events().size() ? log.events().get(i).id() : "nothing";
                if (!seen.get(i).equals(new Seen(i + 1, expected))) {
                    violations.add("%s sees %s where %s is".formatted(follower, seen.get(i), expected));
                    return;
                }
            }
        });
        return this;
    }

    /** Who goes on where another one stopped leaves no event out. */
    Checks handling(boolean expected) {
        long done = 0;
        for (var handled : history.handled()) {
            if (handled.next() > done + 1) {
                violations.add("%s was handled, and %d before it was not".formatted(handled, done));
                return this;
            }
            done = Math.max(done, handled.next());
        }
        if (expected && done != log.events().size()) {
            violations.add(
                    "%d events were handled of %d".formatted(done, log.events().size()));
        }
        return this;
    }

    /** Whatever could not be handled at first was handled in its turn, or waits. */
    Checks parking(StoredEffects effects, Hindrances hindrances) {
        violations.addAll(
                effects.violations(log.events().stream().map(Event::id).toList(), hindrances));
        history.applied().forEach((sequence, events) -> {
            var inOrder = events.stream()
                    .sorted(Comparator.comparingLong(
                            event -> Objects.requireNonNull(byId.get(event)).position()))
                    .toList();
            if (!inOrder.equals(List.copyOf(events))) {
                violations.add("events of %s had their effects in the order %s".formatted(sequence, events));
            }
        });
        return this;
    }

    /** Every event that is for others is published once, in order. */
    Checks publishing(StoredLog published, List<String> expected) {
        violations.addAll(published.faults());
        var found = published.events().stream().map(Event::id).toList();
        if (!found.equals(expected)) {
            violations.add("published is %s, but it should be %s".formatted(found, expected));
        }
        return this;
    }

    /** Logs of keys hold each once, in an order in which every answer is true. */
    Checks keys(ReplicaSet servers) {
        for (int log = 0; log < Reporter.LOGS; log++) {
            var model = new KnownKeys();
            var stored = new ArrayList<String>();
            UUID last = Committed.NO_COMMIT;
            for (int n = 0; ; n++) {
                var document = servers.find(KeyLog.COLLECTION, new BsonString(log + "|" + n), servers.confirmed());
                if (document == null) {
                    break;
                }
                var commit = KeyDocument.CODEC.decode(
                        new BsonDocumentReader(document),
                        DecoderContext.builder().build());
                if (!commit.previous().equals(last)) {
                    violations.add("keys %d|%d name another one before".formatted(log, n));
                }
                last = commit.id();
                for (var report : commit.reports()) {
                    stored.add(report);
                    if (model.judge(report) != Verdict.ACCEPTED) {
                        violations.add("%s is in the log of keys %s and cannot be".formatted(report, stored));
                    }
                }
            }
            answers(log, model, stored);
        }
        return this;
    }

    private void answers(int log, KnownKeys model, List<String> stored) {
        var accepted = new ArrayList<String>();
        for (var report : history.reports()) {
            for (int i = 0; report.log == log && i < report.verdicts().size(); i++) {
                var said = report.reports.get(i);
                switch (report.verdicts().get(i)) {
                    case ACCEPTED -> accepted.add(said);
                    case DUPLICATE -> {
                        if (!model.holds(said)) {
                            violations.add("%s was called a duplicate and is not there".formatted(said));
                        }
                    }
                    case NOTHING_TO_SUPERSEDE -> {} // it may have come since
                }
            }
        }
        for (var said : accepted) {
            if (!stored.remove(said)) {
                violations.add(
                        "%s was accepted, and it is not there, or somebody else was told so too".formatted(said));
            }
        }
    }

    /** What was scheduled is done. */
    Checks dueDates() {
        for (var due : history.due()) {
            if (!due.isSettled()) {
                violations.add("due work %s was scheduled and not done at its last date".formatted(due.id));
            }
        }
        return this;
    }
}
