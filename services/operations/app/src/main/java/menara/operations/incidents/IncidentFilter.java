package menara.operations.incidents;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import menara.values.refusals.InvalidField;
import org.bson.conversions.Bson;

/**
 * The filter of a list of incidents.
 *
 * @param state open or resolved
 * @param from racks were still down at this instant or later
 * @param until racks were down before this instant
 */
record IncidentFilter(Optional<String> state, Optional<Instant> from, Optional<Instant> until) {

    /** The field of documents with the present outage, in seconds, {@link #STILL_DOWN} for one that is not over. */
    static final String REVISION = "revision";

    static final String DOWN_FROM = "downFrom";
    static final String DOWN_UNTIL = "downUntil";
    static final long STILL_DOWN = Long.MAX_VALUE;

    IncidentFilter {
        state.filter(asked -> !asked.equals(IncidentView.OPEN) && !asked.equals(IncidentView.RESOLVED))
                .ifPresent(asked -> {
                    throw new InvalidField("state", "must be open or resolved, was " + asked);
                });
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new InvalidField("until", "must be after from");
        }
    }

    /** The same filter as {@link #matches}, for documents. Outages are whole seconds, the instants of a filter need not be. */
    Bson bson() {
        var filters = new ArrayList<Bson>();
        state.ifPresent(asked ->
                filters.add(asked.equals(IncidentView.OPEN) ? eq(DOWN_UNTIL, STILL_DOWN) : lt(DOWN_UNTIL, STILL_DOWN)));
        from.ifPresent(begin -> filters.add(gt(DOWN_UNTIL, begin.getEpochSecond())));
        until.ifPresent(end -> filters.add(
                end.getNano() == 0 ? lt(DOWN_FROM, end.getEpochSecond()) : lte(DOWN_FROM, end.getEpochSecond())));
        return filters.isEmpty() ? Filters.empty() : Filters.and(filters);
    }

    boolean matches(IncidentView incident) {
        var resolvedAt = incident.resolvedAt();
        return state.map(incident.state()::equals).orElse(true)
                && from.map(begin -> resolvedAt == null || resolvedAt.isAfter(begin))
                        .orElse(true)
                && until.map(incident.startedAt()::isBefore).orElse(true);
    }
}
