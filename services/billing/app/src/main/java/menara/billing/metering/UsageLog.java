package menara.billing.metering;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.billing.catalogue.Meter;
import menara.billing.catalogue.Meters;
import menara.platform.time.IdFactory;
import menara.values.TenantId;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Every accepted event, once, in partitions by its source: events of one source stay in order and know each other. */
@Component
class UsageLog {

    /**
     * Fixed for ever: where an event is looked for follows from it. Few, so that requests share documents; each can write tens of
     * thousands of events a second.
     */
    static final int PARTITIONS = 4;

    /** Keys of a partition that are whole in memory, 7 MB, before they are sealed. Fixed for ever: all instances cut at the same places. */
    static final int EVENTS_PER_PIECE = 1 << 17;

    private final List<UsagePartition> partitions;

    @Autowired
    UsageLog(MongoDatabase database, Meters meters, IdFactory ids) {
        this(database, meters::require, ids, EVENTS_PER_PIECE);
    }

    UsageLog(MongoDatabase database, Function<String, Meter> meters, IdFactory ids, int eventsPerPiece) {
        var log = database.getCollection("usage_log");
        var keys = database.getCollection("usage_keys");
        this.partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new UsagePartition(number, log, keys, meters, ids, eventsPerPiece))
                .toList();
        partitions.forEach(UsagePartition::refresh);
    }

    List<UsagePartition> partitions() {
        return partitions;
    }

    UsagePartition partitionOf(String source) {
        return partitions.get(Math.floorMod(source.hashCode(), PARTITIONS));
    }

    /**
     * @param verdicts one for each event, in order
     * @param ends for each partition touched the place behind everything the verdicts rest on
     */
    record Taken(List<UsagePartition.Verdict> verdicts, Map<Integer, Integer> ends) {}

    /** Durable when it returns. */
    Taken take(List<UsageEntry> entries, Instant receivedAt) {
        var byPartition = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < entries.size(); i++) {
            byPartition
                    .computeIfAbsent(
                            partitionOf(entries.get(i).event().key().source()).number(), _ -> new ArrayList<>())
                    .add(i);
        }
        var verdicts = new UsagePartition.Verdict[entries.size()];
        var ends = new TreeMap<Integer, Integer>();
        byPartition.forEach((number, places) -> {
            var outcome = partitions
                    .get(number)
                    .append(places.stream().map(entries::get).toList(), receivedAt);
            for (int i = 0; i < places.size(); i++) {
                verdicts[places.get(i)] = outcome.verdicts().get(i);
            }
            ends.put(number, outcome.until());
        });
        return new Taken(List.of(verdicts), ends);
    }

    /** When the usage began that these events would take away; those that would take away none are left out. */
    Map<UsageEntry, Instant> supersededFrom(Collection<UsageEntry> entries) {
        var begun = new HashMap<UsageEntry, Instant>();
        entries.stream()
                .filter(entry -> entry.event().superseded().isPresent())
                .collect(Collectors.groupingBy(
                        entry -> partitionOf(entry.event().key().source()), Collectors.toSet()))
                .forEach((partition, superseding) -> {
                    var named = superseding.stream()
                            .collect(Collectors.toMap(
                                    entry -> entry,
                                    entry -> entry.event()
                                            .superseded()
                                            .orElseThrow()
                                            .of(entry.party().value())));
                    partition.refresh();
                    var found = partition.beginnings(Set.copyOf(named.values()));
                    named.forEach((entry, key) -> {
                        var from = found.get(key);
                        if (from != null) {
                            begun.put(entry, from);
                        }
                    });
                });
        return begun;
    }

    Optional<UsagePartition.Found> find(TenantId party, UsageKey key) {
        return find(Set.of(party), key).stream().findFirst();
    }

    /** What each of the parties calls so. */
    List<UsagePartition.Found> find(Set<TenantId> parties, UsageKey key) {
        var partition = partitionOf(key.source());
        partition.refresh();
        return parties.stream()
                .flatMap(party -> partition.find(key.of(party.value())).stream())
                .toList();
    }
}
