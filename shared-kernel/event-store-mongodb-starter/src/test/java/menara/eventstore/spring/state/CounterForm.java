package menara.eventstore.spring.state;

import java.nio.ByteBuffer;
import java.util.Optional;
import menara.eventstore.spring.StateForm;

/** Counters as two numbers. */
record CounterForm(String revision) implements StateForm<String, Counter> {

    static final int BYTES = Integer.BYTES + Long.BYTES;

    @Override
    public Optional<String> name(String counter) {
        return Optional.of(counter);
    }

    @Override
    public byte[] bytes(Counter counter) {
        return ByteBuffer.allocate(BYTES)
                .putInt(counter.events())
                .putLong(counter.mixed())
                .array();
    }

    @Override
    public Counter state(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a counter has %d bytes, not %d".formatted(BYTES, bytes.length));
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Counter(buffer.getInt(), buffer.getLong());
    }
}
