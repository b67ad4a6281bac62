package menara.billing.usage.keys;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import menara.billing.usage.events.Hash128;

/** Facts of events as bytes: 17 to 45 an event. */
final class FactsCodec {

    private static final byte VERSION = 1;
    private static final int THERE = 1;
    private static final int RETRACTION = 2;
    private static final int OVERTAKEN = 4;
    private static final int SUCCEEDED = 8;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    FactsCodec() {
        bytes.write(VERSION);
    }

    void write(Hash128 key, EventFacts facts) {
        var successor = facts.successor();
        try {
            out.writeLong(key.high());
            out.writeLong(key.low());
            out.writeByte((facts.isThere() ? THERE : 0)
                    | (facts.retraction() ? RETRACTION : 0)
                    | (facts.overtaken() ? OVERTAKEN : 0)
                    | (successor == null ? 0 : SUCCEEDED));
            if (facts.isThere()) {
                out.writeInt(facts.place());
                out.writeLong(facts.content());
            }
            if (successor != null) {
                out.writeLong(successor.high());
                out.writeLong(successor.low());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    static void read(byte[] facts, BiConsumer<Hash128, EventFacts> told) {
        var in = ByteBuffer.wrap(facts);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("facts of version %d cannot be read".formatted(version));
        }
        while (in.hasRemaining()) {
            var key = new Hash128(in.getLong(), in.getLong());
            int flags = in.get();
            boolean isThere = (flags & THERE) != 0;
            int place = isThere ? in.getInt() : EventFacts.NOWHERE;
            long content = isThere ? in.getLong() : 0;
            told.accept(
                    key,
                    new EventFacts(
                            place,
                            content,
                            (flags & RETRACTION) != 0,
                            (flags & OVERTAKEN) != 0,
                            (flags & SUCCEEDED) == 0 ? null : new Hash128(in.getLong(), in.getLong())));
        }
    }
}
