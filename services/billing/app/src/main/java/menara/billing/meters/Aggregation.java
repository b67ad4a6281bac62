package menara.billing.meters;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the reports of one hour become the hour's quantity; the quantity of a month is the sum of its hours. */
public enum Aggregation {
    /** What was reported, added up. */
    SUM,
    /** How many reports there were. */
    COUNT,
    /** How many different members were named. */
    UNIQUE,
    /** The mean of the reports. */
    AVG,
    MIN,
    MAX,
    /** The report with the latest time. */
    LAST,
    /** A level that holds until the next report says otherwise: level × time, in unit-hours. */
    GAUGE,
    /** A register that only grows; where it falls it was reset, and what it shows then was used since. */
    COUNTER;

    @JsonCreator
    static Aggregation of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an hour's quantity is the sum of what each report adds, whatever else was reported. */
    public boolean isAdditive() {
        return this == SUM || this == COUNT;
    }
}
