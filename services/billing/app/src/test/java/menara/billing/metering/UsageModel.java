package menara.billing.metering;

import static menara.billing.metering.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.metering.UsagePartition.Verdict.CONFLICT;
import static menara.billing.metering.UsagePartition.Verdict.DUPLICATE;
import static menara.billing.metering.UsagePartition.Verdict.NOTHING_TO_SUPERSEDE;
import static menara.billing.metering.UsagePartition.Verdict.RETRACTED;

import java.util.HashMap;
import java.util.Map;

/** What is said of an event: its content, and who has taken its place, by party, source and id. */
final class UsageModel {

    record Event(long quantity, boolean retraction, String named) {}

    final Map<String, Event> events = new HashMap<>();
    final Map<String, String> successors = new HashMap<>();

    private static String name(UsageEntry entry, String id) {
        return entry.party().value() + " " + entry.event().key().source() + " " + id;
    }

    UsagePartition.Verdict judge(UsageEntry entry) {
        var event = entry.event();
        var name = name(entry, event.key().id());
        var named = event.supersedes();
        var said = new Event(event.quantity(), event.kind() == UsageEvent.Kind.RETRACTION, named == null ? "" : named);
        var before = events.get(name);
        if (before != null) {
            return before.equals(said) ? DUPLICATE : CONFLICT;
        }
        if (named != null) {
            var last = name(entry, named);
            while (successors.containsKey(last)) {
                last = successors.get(last);
            }
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
