package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageEventReaderTest {

    private static final String GOOD = """
            {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/cluster/a","id":"job-1",
             "time":"2026-01-05T12:00:00Z","subject":"0197b2a0-0000-7000-8000-000000000001","traceparent":"00-ab",
             "data":{"meter":"gpu-hour","period":{"from":"2026-01-05T10:00:00Z","until":"2026-01-05T11:30:00Z"},
                     "milliGpus":2500}}""";

    @Test
    void a_cloud_event_is_read_with_its_identity_contract_period_and_quantity() {
        assertThat(UsageEventReader.read(json(GOOD)))
                .isEqualTo(new UsageEvent.Occupation(
                        new UsageKey("/cluster/a", "job-1"),
                        new ContractId(UUID.fromString("0197b2a0-0000-7000-8000-000000000001")),
                        Meter.GPU_HOUR,
                        new Period(Instant.parse("2026-01-05T10:00:00Z"), Instant.parse("2026-01-05T11:30:00Z")),
                        2500));
    }

    @Test
    void a_retraction_says_what_never_happened_and_nothing_that_counts() {
        assertThat(UsageEventReader.read(json("""
                {"specversion":"1.0","type":"menara.usage.retraction.v1","source":"/cluster/a","id":"gone",
                 "subject":"0197b2a0-0000-7000-8000-000000000001","data":{"supersedes":"job-1"}}""")))
                .isEqualTo(new UsageEvent.Retraction(
                        new UsageKey("/cluster/a", "gone"),
                        new ContractId(UUID.fromString("0197b2a0-0000-7000-8000-000000000001")),
                        "job-1"));
    }

    @Test
    void the_content_is_the_same_however_it_was_sent_and_differs_with_what_it_says() {
        var event = UsageEventReader.read(json(GOOD)).contentHash();
        assertThat(UsageEventReader.read(
                                json(GOOD.replace("10:00:00Z", "10:00:00.000Z").replace("00-ab", "00-cd")))
                        .contentHash())
                .isEqualTo(event);
        assertThat(UsageEventReader.read(json(GOOD.replace("2500", "2501"))).contentHash())
                .isNotEqualTo(event);
        assertThat(UsageEventReader.read(json(GOOD.replace("11:30", "11:31"))).contentHash())
                .isNotEqualTo(event);
    }

    @Test
    void what_is_wrong_is_named_by_its_field() {
        refused(GOOD.replace("\"1.0\"", "\"0.3\""), "specversion");
        refused(GOOD.replace("gpu.v1", "gpu.v2"), "type");
        refused(GOOD.replace("/cluster/a", "not a uri"), "source");
        refused(GOOD.replace("\"job-1\"", "17"), "id");
        refused(GOOD.replace("\"job-1\"", "\"\""), "id");
        refused(GOOD.replace("job-1", "x".repeat(257)), "id");
        refused(GOOD.replace("0197b2a0-0000", "0197b2a0-000"), "subject");
        refused(GOOD.replace("\"meter\":\"gpu-hour\"", "\"meter\":\"rack-hour\""), "data.meter");
        refused(GOOD.replace("\"milliGpus\":2500", "\"milliGpus\":-1"), "data.milliGpus");
        refused(GOOD.replace("\"milliGpus\":2500", "\"milliGpus\":2.5"), "data.milliGpus");
        refused(GOOD.replace("\"milliGpus\":2500", "\"milliGpus\":\"2500\""), "data.milliGpus");
        refused(GOOD.replace("\"milliGpus\":2500", "\"milliGpus\":99999999999999999999"), "data.milliGpus");
        refused(GOOD.replace("\"milliGpus\":2500", "\"milliGpus\":250000001"), "data.milliGpus");
        refused(GOOD.replace("\"milliGpus\":2500", "\"gpus\":2"), "data.gpus");
        refused(GOOD.replace("11:30:00Z", "10:00:00Z"), "data.period.until");
        refused(GOOD.replace("11:30:00Z", "11:30"), "data.period.until");
        refused(GOOD.replace("2026-01-05T11:30:00Z", "+1000000000-12-31T23:59:59Z"), "data.period.until");
        refused(GOOD.replace("2026-01-05T10:00:00Z", "1999-12-31T23:59:59Z"), "data.period.from");
        refused(GOOD.replace("10:00:00Z", "10:00:00.0001Z"), "data.period.from");
        refused(GOOD.replace("\"data\":", "\"data_base64\":\"\",\"data\":"), "data_base64");
        refused("[]", "");
    }

    private static void refused(String event, String field) {
        assertThatThrownBy(() -> UsageEventReader.read(json(event)))
                .as(event)
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
