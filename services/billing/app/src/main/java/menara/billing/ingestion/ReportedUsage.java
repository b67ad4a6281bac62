package menara.billing.ingestion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import menara.billing.usage.events.UsageEvent;
import menara.values.ContractId;
import menara.values.Period;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent 1.0 as JSON that reports usage; other attributes are accepted and ignored. The API document shows this form;
 * {@link UsageEventReader} reads it field by field, so that each fault of each event of a batch is named.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReportedUsage.Occupied.class, name = UsageEvent.TYPE),
    @JsonSubTypes.Type(value = ReportedUsage.Read.class, name = UsageEvent.READING_TYPE),
    @JsonSubTypes.Type(value = ReportedUsage.Retracted.class, name = UsageEvent.RETRACTION_TYPE)
})
sealed interface ReportedUsage {

    /**
     * GPUs that were in use all through a period.
     *
     * @param specversion 1.0
     * @param source who reports: a URI reference, at most 512 characters
     * @param id identifies the event together with the source; the same again is a duplicate
     * @param subject the contract that pays, by its id
     * @param time when it was written
     * @param datacontenttype application/json
     */
    record Occupied(
            String specversion,
            String source,
            String id,
            ContractId subject,
            @Nullable Instant time,
            @Nullable String datacontenttype,
            Occupation data)
            implements ReportedUsage {}

    /**
     * What a meter of the catalogue read at a time.
     *
     * @param specversion 1.0
     * @param source who reports: a URI reference, at most 512 characters
     * @param id identifies the event together with the source; the same again is a duplicate
     * @param subject the contract that pays, by its id
     * @param time when it was read
     * @param datacontenttype application/json
     */
    record Read(
            String specversion,
            String source,
            String id,
            ContractId subject,
            Instant time,
            @Nullable String datacontenttype,
            Reading data)
            implements ReportedUsage {}

    /**
     * Retracts the usage that another event of the same source reported.
     *
     * @param specversion 1.0
     * @param source who reports: a URI reference, at most 512 characters
     * @param id identifies the event together with the source; the same again is a duplicate
     * @param subject the contract that pays, by its id
     * @param time when it was written
     * @param datacontenttype application/json
     */
    record Retracted(
            String specversion,
            String source,
            String id,
            ContractId subject,
            @Nullable Instant time,
            @Nullable String datacontenttype,
            Retraction data)
            implements ReportedUsage {}

    /**
     * @param meter gpu-hour
     * @param milliGpus thousandths of a GPU, 0 to 250,000,000
     * @param supersedes id of the event of the same source that it replaces
     */
    record Occupation(
            String meter,
            Period period,
            long milliGpus,
            @Nullable String supersedes) {}

    /**
     * @param meter code of a defined meter
     * @param value 0 to 2,000,000 with at most six decimals, as number or text; a meter that counts events or members needs none
     * @param dimensions values of the meter's dimensions: letters, digits and . _ / -
     * @param member the member counted, where a meter counts different members
     * @param supersedes id of the event of the same source that it replaces
     */
    record Reading(
            String meter,
            @Nullable BigDecimal value,
            @Nullable Map<String, String> dimensions,
            @Nullable String member,
            @Nullable String supersedes) {}

    /** @param supersedes id of the event of the same source that never happened */
    record Retraction(String supersedes) {}
}
