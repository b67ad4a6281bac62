package menara.billing.usage.log;

import static java.util.Objects.requireNonNull;
import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.CONFLICT;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static menara.billing.usage.log.UsagePartition.Verdict.NOTHING_TO_SUPERSEDE;
import static menara.billing.usage.log.UsagePartition.Verdict.RETRACTED;

import java.util.HashMap;
import java.util.Map;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;

/** What is said of an event: its content, and who has taken its place, by party, source and id. */
final class UsageModel {

    record Event(long quantity, boolean retraction, String named) {}

    final Map<String, Event> events = new HashMap<>();
    final Map<String, String> successors = new HashMap<>();

    private static String name(UsageEntry entry, String id) {
        return entry.party().value() + " " + entry.event().key().source() + " " + id;
    }

    static long quantity(UsageEvent event) {
        return event instanceof UsageEvent.Counted counted ? counted.quantity() : 0;
    }

    private static Event said(UsageEntry entry) {
        var event = entry.event();
        var named = event.supersedes();
        return new Event(quantity(event), event instanceof UsageEvent.Retraction, named == null ? "" : named);
    }

    /** Whether it stands, as it is. */
    boolean holds(UsageEntry entry) {
        return said(entry).equals(events.get(name(entry, entry.event().key().id())));
    }

    /** Whether a retraction has the place of the event that it names. */
    boolean isRetracted(UsageEntry entry) {
        var event = events.get(last(name(entry, requireNonNull(entry.event().supersedes()))));
        return event != null && event.retraction();
    }

    private String last(String name) {
        var last = name;
        for (var next = successors.get(last); next != null; next = successors.get(last)) {
            last = next;
        }
        return last;
    }

    UsagePartition.Verdict judge(UsageEntry entry) {
        var event = entry.event();
        var name = name(entry, event.key().id());
        var named = event.supersedes();
        var said = said(entry);
        var before = events.get(name);
        if (before != null) {
            return before.equals(said) ? DUPLICATE : CONFLICT;
        }
        if (named != null) {
            var last = last(name(entry, named));
            if (!events.containsKey(last)) {
                return NOTHING_TO_SUPERSEDE;
            }
            if (events.get(last).retraction()) {
                return RETRACTED;
            }
            successors.put(last, name);
        }
        events.put(name, said);
        return ACCEPTED;
    }
}
