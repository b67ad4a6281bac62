package menara.billing.metering;

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
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import menara.values.Period;

/** A document's events as bytes: texts that repeat stand once, in a table in front. */
final class UsageCodec {

    private static final int VERSION = 1;
    private static final int BYTES_PER_EVENT = 110;

    private UsageCodec() {}

    static byte[] encode(List<UsageEntry> entries) {
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
        out.writeByte(event.kind().code() | (head == null ? 0 : 0x80));
        if (head != null) {
            out.writeLong(head.high());
            out.writeLong(head.low());
            out.writeUTF(event.supersedes() == null ? "" : event.supersedes());
        }
        out.writeInt(place(table, event.key().source()));
        out.writeUTF(event.key().id());
        out.writeLong(event.contract().value().getMostSignificantBits());
        out.writeLong(event.contract().value().getLeastSignificantBits());
        out.writeInt(place(table, entry.zone().getId()));
        out.writeInt(place(table, event.series().meter().code()));
        out.writeInt(place(table, event.series().dimensionText()));
        out.writeLong(event.period().from().toEpochMilli());
        out.writeLong(event.period().until().toEpochMilli());
        out.writeLong(event.quantity());
        out.writeInt(place(table, event.member()));
    }

    private static int place(Map<String, Integer> table, String text) {
        var place = table.get(text);
        if (place == null) {
            place = table.size();
            table.put(text, place);
        }
        return place;
    }

    static List<UsageEntry> decode(byte[] bytes, Function<String, Meter> meters) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("usage of version %d cannot be read".formatted(version));
            }
            var table = new String[in.readInt()];
            for (int i = 0; i < table.length; i++) {
                table[i] = in.readUTF();
            }
            int count = in.readInt();
            var entries = new ArrayList<UsageEntry>(count);
            for (int i = 0; i < count; i++) {
                entries.add(read(in, table, meters));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UsageEntry read(DataInputStream in, String[] table, Function<String, Meter> meters)
            throws IOException {
        var key = new Hash128(in.readLong(), in.readLong());
        long content = in.readLong();
        int flags = in.readUnsignedByte();
        boolean supersedes = (flags & 0x80) != 0;
        var head = supersedes ? new Hash128(in.readLong(), in.readLong()) : null;
        var superseded = supersedes ? in.readUTF() : null;
        var source = table[in.readInt()];
        var id = in.readUTF();
        var contract = new ContractId(new UUID(in.readLong(), in.readLong()));
        var zone = ZoneId.of(table[in.readInt()]);
        var series = Series.of(meters.apply(table[in.readInt()]), table[in.readInt()]);
        var period = new Period(Instant.ofEpochMilli(in.readLong()), Instant.ofEpochMilli(in.readLong()));
        long quantity = in.readLong();
        var event = new UsageEvent(
                new UsageKey(source, id),
                UsageEvent.Kind.of(flags & 0x7F),
                contract,
                series,
                period,
                quantity,
                table[in.readInt()],
                superseded);
        return new UsageEntry(event, zone, key, content, head);
    }
}
