package menara.billing.usage.events;

import java.nio.ByteBuffer;
import java.util.Optional;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.values.ContractId;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/**
 * A report of usage, well formed.
 *
 * @param key its identity
 * @param kind what its quantity means
 * @param contract on whose account
 * @param series what was used
 * @param period when, in whole milliseconds; a reading lasts one
 * @param quantity by kind: thousandths of a GPU in use all the time, or millionths of the meter's unit
 * @param member who is counted where a meter counts different members, else empty
 * @param supersedes id of the event of the same source whose place it takes; null if of none
 */
public record UsageEvent(
        UsageKey key,
        Kind kind,
        ContractId contract,
        Series series,
        Period period,
        long quantity,
        String member,
        @Nullable String supersedes) {

    static final String TYPE = "menara.usage.gpu.v1";
    static final String READING_TYPE = "menara.usage.reading.v1";
    static final String RETRACTION_TYPE = "menara.usage.retraction.v1";

    /** All GPUs that the campus can ever hold (247,896), in thousandths and rounded up. */
    static final long MAX_MILLI_GPUS = 250_000_000;

    public enum Kind {
        /** So many thousandths of a GPU all through the period. */
        OCCUPIED(0),
        /** A value at a time. */
        READING(1),
        /** The event it supersedes never happened. */
        RETRACTION(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** As it is stored, for ever. */
        int code() {
            return code;
        }

        static Kind of(int code) {
            return switch (code) {
                case 0 -> OCCUPIED;
                case 1 -> READING;
                case 2 -> RETRACTION;
                default -> throw new IllegalStateException("there is no kind of usage " + code);
            };
        }
    }

    UsageEvent(UsageKey key, ContractId contract, Meter meter, Period period, long milliGpus) {
        this(key, Kind.OCCUPIED, contract, Series.of(meter), period, milliGpus, "", null);
    }

    Meter meter() {
        return series.meter();
    }

    long milliGpus() {
        return quantity;
    }

    Optional<UsageKey> superseded() {
        return Optional.ofNullable(supersedes).map(id -> new UsageKey(key.source(), id));
    }

    /**
     * First half of a SHA-256 over what the event says about usage. How it was written, when it was sent and through which hops it came
     * may differ when a producer sends it again.
     */
    long contentHash() {
        var contract = contract().value();
        var texts = (series.meter().code()
                        + '\n'
                        + series.dimensionText()
                        + '\n'
                        + member
                        + '\n'
                        + (supersedes == null ? "" : supersedes))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var content = ByteBuffer.allocate(texts.length + 41)
                .put((byte) kind.code())
                .putLong(contract.getMostSignificantBits())
                .putLong(contract.getLeastSignificantBits())
                .putLong(period.from().toEpochMilli())
                .putLong(period.until().toEpochMilli())
                .putLong(quantity)
                .put(texts);
        return Hash128.of(content.array()).high();
    }
}
