package menara.billing.usage.events;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/** Encodes a document's events as bytes; repeated texts stand once, in a table in front. */
public final class UsageCodec {

    private static final int VERSION = 3;
    private static final int OCCUPATION = 0;
    private static final int READING = 1;
    private static final int RETRACTION = 2;
    static final int BYTES_PER_EVENT = 114;
    static final int MAX_BYTES_PER_CHARACTER = 3;

    /** More than any event that is ingested touches. */
    private static final int MAX_HOURS = 10_000;

    private UsageCodec() {}

    public static byte[] encode(List<UsageEntry> entries) {
        var table = new LinkedHashMap<String, Integer>();
        var body = new ByteArrayOutputStream(entries.size() * BYTES_PER_EVENT);
        var all = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(body);
                var front = new DataOutputStream(all)) {
            for (var entry : entries) {
                write(entry, table, out);
            }
            front.writeByte(VERSION);
            front.writeInt(table.size());
            for (var text : table.keySet()) {
                front.writeUTF(text);
            }
            front.writeInt(entries.size());
            body.writeTo(front);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    private static void write(UsageEntry entry, Map<String, Integer> table, DataOutputStream out) throws IOException {
        var event = entry.event();
        out.writeLong(entry.key().high());
        out.writeLong(entry.key().low());
        out.writeLong(entry.content());
        var head = entry.head();
        out.writeByte(kindOf(event) | (head == null ? 0 : 0x80));
        if (head != null) {
            out.writeLong(head.high());
            out.writeLong(head.low());
            out.writeUTF(event.supersedes() == null ? "" : event.supersedes());
        }
        out.writeInt(place(table, entry.party().value()));
        out.writeInt(place(table, event.key().source()));
        out.writeUTF(event.key().id());
        out.writeLong(event.contract().value().getMostSignificantBits());
        out.writeLong(event.contract().value().getLeastSignificantBits());
        out.writeInt(place(table, entry.zone().getId()));
        if (event instanceof UsageEvent.Counted counted) {
            out.writeInt(place(table, counted.meter().code()));
            out.writeInt(place(table, counted.series().dimensionText()));
            out.writeLong(counted.period().from().toEpochMilli());
            out.writeLong(counted.period().until().toEpochMilli());
            out.writeLong(counted.quantity());
            out.writeInt(place(table, counted.member()));
        }
    }

    /** How a kind of event is stored, for ever. */
    static int kindOf(UsageEvent event) {
        return switch (event) {
            case UsageEvent.Occupation _ -> OCCUPATION;
            case UsageEvent.Reading _ -> READING;
            case UsageEvent.Retraction _ -> RETRACTION;
        };
    }

    private static int place(Map<String, Integer> table, String text) {
        var place = table.get(text);
        if (place == null) {
            place = table.size();
            table.put(text, place);
        }
        return place;
    }

    /**
     * What the log needs of an event so that it counts once; readable even if the event names an unknown meter.
     *
     * @param content hash of what it says
     * @param head hash of the event that it replaces; null if it replaces none
     * @param hours how many hours it touches, about
     */
    public record Mark(Hash128 key, long content, @Nullable Hash128 head, boolean retraction, int hours) {

        public static Mark of(UsageEntry entry) {
            return new Mark(
                    entry.key(),
                    entry.content(),
                    entry.head(),
                    entry.event() instanceof UsageEvent.Retraction,
                    entry.event() instanceof UsageEvent.Counted counted
                            ? hoursOf(counted.period().duration().toMillis())
                            : 1);
        }
    }

    private static int hoursOf(long millis) {
        return (int) Math.clamp(1 + millis / Meter.MILLIS_PER_HOUR, 1, MAX_HOURS);
    }

    /** Called for an event that cannot be understood, with the reason. */
    @FunctionalInterface
    public interface NotUnderstood {
        void tell(ContractId contract, RuntimeException cause);
    }

    /**
     * @throws RuntimeException if the bytes are not what {@link #encode} made
     */
    public static List<Mark> marks(byte[] bytes) {
        return read(bytes).events().stream()
                .map(stored -> new Mark(
                        stored.key(),
                        stored.content(),
                        stored.head(),
                        stored.usage() == null,
                        stored.usage() == null
                                ? 1
                                : hoursOf(
                                        stored.usage().until() - stored.usage().from())))
                .toList();
    }

    /**
     * @param notUnderstood called for events that name something unknown; the others are read
     * @throws RuntimeException if the bytes are not what {@link #encode} made
     */
    public static List<UsageEntry> decode(byte[] bytes, Function<String, Meter> meters, NotUnderstood notUnderstood) {
        var read = read(bytes);
        var entries = new ArrayList<UsageEntry>(read.events().size());
        for (var stored : read.events()) {
            try {
                entries.add(entry(stored, read.texts(), meters));
            } catch (RuntimeException e) {
                if (Faults.isOfDatabase(e)) {
                    throw e;
                }
                notUnderstood.tell(stored.contract(), e);
            }
        }
        return entries;
    }

    private record Read(List<String> texts, List<Stored> events) {}

    private record Stored(
            Hash128 key,
            long content,
            int kind,
            @Nullable Hash128 head,
            @Nullable String superseded,
            int party,
            int source,
            String id,
            ContractId contract,
            int zone,
            @Nullable Usage usage) {}

    /** The usage that an event reports; none of a retraction. */
    private record Usage(int meter, int dimensions, long from, long until, long quantity, int member) {}

    private static Read read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("usage of version %d cannot be read".formatted(version));
            }
            int names = requireCount(in.readInt(), bytes);
            var texts = new ArrayList<String>(names);
            for (int i = 0; i < names; i++) {
                texts.add(in.readUTF());
            }
            int count = requireCount(in.readInt(), bytes);
            var events = new ArrayList<Stored>(count);
            for (int i = 0; i < count; i++) {
                events.add(stored(in));
            }
            return new Read(texts, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each takes at least a byte; a damaged count must not cause an allocation beyond memory. */
    private static int requireCount(int count, byte[] bytes) {
        if (count < 0 || count > bytes.length) {
            throw new IllegalStateException("%d bytes of usage cannot hold %d items".formatted(bytes.length, count));
        }
        return count;
    }

    private static Stored stored(DataInputStream in) throws IOException {
        var key = new Hash128(in.readLong(), in.readLong());
        long content = in.readLong();
        int flags = in.readUnsignedByte();
        boolean supersedes = (flags & 0x80) != 0;
        int kind = flags & 0x7F;
        var head = supersedes ? new Hash128(in.readLong(), in.readLong()) : null;
        var superseded = supersedes ? in.readUTF() : null;
        int party = in.readInt();
        int source = in.readInt();
        var id = in.readUTF();
        var contract = new ContractId(new UUID(in.readLong(), in.readLong()));
        int zone = in.readInt();
        return new Stored(
                key,
                content,
                kind,
                head,
                superseded,
                party,
                source,
                id,
                contract,
                zone,
                kind == RETRACTION ? null : usage(in));
    }

    private static Usage usage(DataInputStream in) throws IOException {
        return new Usage(in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readInt());
    }

    private static UsageEntry entry(Stored stored, List<String> texts, Function<String, Meter> meters) {
        return new UsageEntry(
                new TenantId(texts.get(stored.party())),
                event(stored, texts, meters),
                ZoneId.of(texts.get(stored.zone())),
                stored.key(),
                stored.content(),
                stored.head());
    }

    private static UsageEvent event(Stored stored, List<String> texts, Function<String, Meter> meters) {
        var key = new UsageKey(texts.get(stored.source()), stored.id());
        var usage = stored.usage();
        if (usage == null) {
            return new UsageEvent.Retraction(
                    key, stored.contract(), requireNonNull(stored.superseded(), "a retraction takes something back"));
        }
        var series = Series.of(meters.apply(texts.get(usage.meter())), texts.get(usage.dimensions()));
        var period = new Period(Instant.ofEpochMilli(usage.from()), Instant.ofEpochMilli(usage.until()));
        return switch (stored.kind()) {
            case OCCUPATION ->
                new UsageEvent.Occupation(
                        key, stored.contract(), series, period, usage.quantity(), stored.superseded());
            case READING ->
                new UsageEvent.Reading(
                        key,
                        stored.contract(),
                        series,
                        period,
                        usage.quantity(),
                        texts.get(usage.member()),
                        stored.superseded());
            default -> throw new IllegalStateException("there is no kind of usage " + stored.kind());
        };
    }
}
