package menara.billing.usage.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.values.ContractId;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/** A report of usage, well formed. */
public sealed interface UsageEvent {

    String TYPE = "menara.usage.gpu.v1";
    String READING_TYPE = "menara.usage.reading.v1";
    String RETRACTION_TYPE = "menara.usage.retraction.v1";

    /** All GPUs that the campus can ever hold (247,896), in thousandths and rounded up. */
    long MAX_MILLI_GPUS = 250_000_000;

    /** Its identity. */
    UsageKey key();

    /** The contract that pays. */
    ContractId contract();

    /** Id of the event of the same source that it replaces; null if it replaces none. */
    @Nullable
    String supersedes();

    default Optional<UsageKey> superseded() {
        return Optional.ofNullable(supersedes()).map(id -> new UsageKey(key().source(), id));
    }

    /** Usage of some time, which counts in the hours that it touches. */
    sealed interface Counted extends UsageEvent {

        /** What was used. */
        Series series();

        /** When, in whole milliseconds; a reading lasts one. */
        Period period();

        /** Thousandths of a GPU in use all the time, or millionths of the meter's unit. */
        long quantity();

        /** The member counted where a meter counts different members, else empty. */
        String member();

        default Meter meter() {
            return series().meter();
        }
    }

    /** @param milliGpus thousandths of a GPU in use all through the period */
    record Occupation(
            UsageKey key,
            ContractId contract,
            Series series,
            Period period,
            long milliGpus,
            @Nullable String supersedes)
            implements Counted {

        public Occupation(UsageKey key, ContractId contract, Meter meter, Period period, long milliGpus) {
            this(key, contract, Series.of(meter), period, milliGpus, null);
        }

        @Override
        public long quantity() {
            return milliGpus;
        }

        @Override
        public String member() {
            return "";
        }
    }

    /** A value at a time. */
    record Reading(
            UsageKey key,
            ContractId contract,
            Series series,
            Period period,
            long quantity,
            String member,
            @Nullable String supersedes)
            implements Counted {}

    /** The event that it supersedes never happened. */
    record Retraction(UsageKey key, ContractId contract, String supersedes) implements UsageEvent {}

    /**
     * First half of a SHA-256 over the usage that the event reports. Its notation, send time and route may differ when a producer sends it
     * again.
     */
    default long contentHash() {
        var named = supersedes() == null ? "" : supersedes();
        var texts = switch (this) {
            case Counted counted ->
                counted.meter().code()
                        + '\n'
                        + counted.series().dimensionText()
                        + '\n'
                        + counted.member()
                        + '\n'
                        + named;
            case Retraction _ -> named;
        };
        var bytes = texts.getBytes(StandardCharsets.UTF_8);
        var content = ByteBuffer.allocate(bytes.length + 41)
                .put((byte) UsageCodec.kindOf(this))
                .putLong(contract().value().getMostSignificantBits())
                .putLong(contract().value().getLeastSignificantBits());
        if (this instanceof Counted counted) {
            content.putLong(counted.period().from().toEpochMilli())
                    .putLong(counted.period().until().toEpochMilli())
                    .putLong(counted.quantity());
        }
        content.put(bytes);
        return Hash128.of(content.array()).high();
    }
}
