package menara.billing.usage.log;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
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
import menara.billing.meters.Meter;
import menara.billing.meters.MeterReadModel;
import menara.billing.usage.events.Faults;
import menara.billing.usage.events.UsageDocument;
import menara.billing.usage.events.UsageDocumentCodec;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import menara.platform.time.IdFactory;
import menara.values.TenantId;
import org.bson.codecs.configuration.CodecRegistries;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Every accepted event of usage, once, in partitions by its source: events of one source stay in order and can supersede each other. */
@Component
public class UsageLog implements AutoCloseable {

    /** Keys of a partition that are held in memory, 7 MB, before they are sealed. Fixed for ever: all instances cut at the same places. */
    public static final int EVENTS_PER_PIECE = 1 << 17;

    private static final Limits LIMITS = Limits.DEFAULT.withMaxCommitBytes(UsagePartition.MAX_BYTES_PER_DOCUMENT);

    private final UsagePartition.Stores stores;
    private final UsageLayout layout;
    private final Function<String, Meter> meters;
    private final IdFactory ids;
    private final int eventsPerPiece;
    private final Limits limits;
    private final LogListener listener;
    private volatile Open open = new Open(List.of(), List.of());

    /**
     * @param all partitions of all generations, by their numbers
     * @param generations partitions of each
     */
    private record Open(List<UsagePartition> all, List<List<UsagePartition>> generations) {}

    /** @param partitions the wanted number; see {@link UsageLayout#raise} */
    @Autowired
    UsageLog(
            MongoDatabase database,
            MeterReadModel meters,
            IdFactory ids,
            @Value("${menara.billing.usage-partitions:" + UsageLayout.FIRST + "}") int partitions,
            MeterRegistry registry) {
        this(database, meters::require, ids, EVENTS_PER_PIECE, partitions, LIMITS, new UsageLogMeters(registry));
    }

    UsageLog(
            MongoDatabase database, Function<String, Meter> meters, IdFactory ids, int eventsPerPiece, int partitions) {
        this(database, meters, ids, eventsPerPiece, partitions, LIMITS, LogListener.NONE);
    }

    UsageLog(
            MongoDatabase database,
            Function<String, Meter> meters,
            IdFactory ids,
            int eventsPerPiece,
            int partitions,
            Limits limits,
            LogListener listener) {
        var bounded = Guarantees.bounded(database, limits);
        var codecs = CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(new UsageDocumentCodec()), database.getCodecRegistry());
        this.stores = new UsagePartition.Stores(
                bounded.getCollection("usage_log", UsageDocument.class).withCodecRegistry(codecs),
                bounded.getCollection("usage_keys"),
                bounded.getCollection("usage_turns"));
        this.layout = new UsageLayout(bounded);
        this.meters = meters;
        this.ids = ids;
        this.eventsPerPiece = eventsPerPiece;
        this.limits = limits;
        this.listener = listener;
        layout.raise(partitions);
        open();
    }

    /** Waiting writes are still stored; new ones are refused. */
    @Override
    public void close() {
        open.all().forEach(UsagePartition::stop);
    }

    /** The partitions of all generations, by their numbers. Those of older generations are closed. */
    public List<UsagePartition> partitions() {
        return open.all();
    }

    /** The partition to which events of a source are written, as far as this instance knows. */
    UsagePartition partitionOf(String source) {
        var newest = open.generations().getLast();
        return newest.get(Math.floorMod(source.hashCode(), newest.size()));
    }

    /** Switches to the partitions of a newer generation, if there is one. */
    public void follow() {
        int known = open.generations().size();
        if (open.generations().getLast().stream().anyMatch(UsagePartition::isClosed)) {
            open();
            if (open.generations().size() == known) {
                throw new IllegalStateException("partitions of the usage log are closed and no others follow them");
            }
        }
    }

    /**
     * Opens the partitions of new generations. All partitions of the previous one are closed first, so that no instance writes there any
     * more.
     */
    private synchronized void open() {
        var sizes = layout.generations();
        var all = new ArrayList<>(open.all());
        var generations = new ArrayList<>(open.generations());
        for (int size : sizes.subList(generations.size(), sizes.size())) {
            var before = generations.isEmpty() ? List.<UsagePartition>of() : generations.getLast();
            before.forEach(UsagePartition::close);
            var opened = new ArrayList<UsagePartition>();
            for (int i = 0; i < size; i++) {
                var from = before.isEmpty() ? null : before.get(i % before.size());
                var partition =
                        new UsagePartition(all.size(), from, stores, meters, ids, eventsPerPiece, limits, listener);
                partition.refresh();
                opened.add(partition);
                all.add(partition);
            }
            generations.add(List.copyOf(opened));
        }
        open = new Open(List.copyOf(all), List.copyOf(generations));
        follow();
    }

    /** The partition with the events of a source, up to date with the writes of all instances. */
    private UsagePartition current(String source, Deadline deadline) {
        var partition = partitionOf(source);
        partition.refresh(deadline);
        while (partition.isClosed()) {
            follow();
            partition = partitionOf(source);
            partition.refresh(deadline);
        }
        return partition;
    }

    /**
     * @param verdicts one for each event, in order
     * @param ends for each partition touched the place after the last document that the verdicts depend on
     */
    public record Ingested(List<UsagePartition.Verdict> verdicts, Map<Integer, Integer> ends) {}

    /** {@link #ingest(List, Instant, long)} for a caller that begins to wait now. */
    public Ingested ingest(List<UsageEntry> entries, Instant receivedAt) {
        return ingest(entries, receivedAt, Machine.REAL.nanoTime());
    }

    /**
     * Durable when it returns. The limit on the wait is the same for many partitions as for one.
     *
     * @param since when the caller began to wait, a reading of {@link Machine#nanoTime()}
     * @throws OutcomeUnknown if some are stored, and the others are not, or may not be; the answer to sending all of them again says which
     */
    public Ingested ingest(List<UsageEntry> entries, Instant receivedAt, long since) {
        var verdicts = new UsagePartition.Verdict[entries.size()];
        var ends = new TreeMap<Integer, Integer>();
        try {
            ingest(entries, receivedAt, since, verdicts, ends);
        } catch (RuntimeException e) {
            throw ends.isEmpty() || e instanceof OutcomeUnknown || !Faults.isOfDatabase(e) ? e : inPart(e);
        }
        return new Ingested(List.of(verdicts), ends);
    }

    private static OutcomeUnknown inPart(RuntimeException cause) {
        return new OutcomeUnknown("events of some partitions are stored, and those of others may not be", cause);
    }

    private void ingest(
            List<UsageEntry> entries,
            Instant receivedAt,
            long since,
            UsagePartition.Verdict[] verdicts,
            Map<Integer, Integer> ends) {
        var left = IntStream.range(0, entries.size()).boxed().toList();
        while (!left.isEmpty()) {
            var byPartition = left.stream()
                    .collect(Collectors.groupingBy(
                            i -> partitionOf(entries.get(i).event().key().source())));
            var moved = new ArrayList<Integer>();
            byPartition.forEach((partition, places) -> partition
                    .append(places.stream().map(entries::get).toList(), receivedAt, since)
                    .ifPresentOrElse(
                            outcome -> {
                                for (int i = 0; i < places.size(); i++) {
                                    verdicts[places.get(i)] = outcome.verdicts().get(i);
                                }
                                ends.put(partition.number(), outcome.until());
                            },
                            () -> moved.addAll(places)));
            left = moved;
            if (!left.isEmpty()) {
                follow();
            }
        }
    }

    /**
     * Begin of the usage that these events would take away; events that would take away none are left out.
     *
     * @param since when the caller began to wait
     */
    public Map<UsageEntry, Instant> supersededFrom(Collection<UsageEntry> entries, long since) {
        var deadline = Deadline.ofOutcome(Machine.REAL, limits, since);
        var begun = new HashMap<UsageEntry, Instant>();
        entries.stream()
                .filter(entry -> entry.event().superseded().isPresent())
                .collect(Collectors.groupingBy(entry -> entry.event().key().source(), Collectors.toSet()))
                .forEach((source, superseding) -> {
                    var named = superseding.stream()
                            .collect(Collectors.toMap(
                                    entry -> entry,
                                    entry -> entry.event()
                                            .superseded()
                                            .orElseThrow()
                                            .of(entry.party().value())));
                    var found = current(source, deadline).beginnings(Set.copyOf(named.values()), deadline);
                    named.forEach((entry, key) -> {
                        var from = found.get(key);
                        if (from != null) {
                            begun.put(entry, from);
                        }
                    });
                });
        return begun;
    }

    public Optional<UsagePartition.Found> find(TenantId party, UsageKey key) {
        return find(Set.of(party), key).stream().findFirst();
    }

    /** The event of this key of each party. */
    public List<UsagePartition.Found> find(Set<TenantId> parties, UsageKey key) {
        var partition = current(key.source(), Deadline.NONE);
        return parties.stream()
                .flatMap(party -> partition.find(key.of(party.value())).stream())
                .toList();
    }

    /**
     * The entries of a document that count although they are read late.
     *
     * @see UsagePartition#admit
     */
    public List<UsageEntry> admit(List<UsageEntry> entries, int place) {
        var admitted = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> current(entry.event().key().source(), Deadline.NONE)))
                .entrySet()
                .stream()
                .flatMap(one -> one.getKey().admit(one.getValue(), place).stream())
                .collect(Collectors.toSet());
        return entries.stream().filter(admitted::contains).toList();
    }
}
