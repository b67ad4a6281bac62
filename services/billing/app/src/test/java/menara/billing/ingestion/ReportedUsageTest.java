package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.platform.web.ValuesJacksonModule;
import menara.values.ContractId;
import menara.values.Period;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form that others learn from the API document is the one that is read. */
class ReportedUsageTest {

    private static final ContractId CONTRACT = new ContractId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-01-05T12:00:00Z");
    private static final Meter TOKENS = Meter.defined("tokens", "token", Aggregation.SUM, List.of("model"));

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new ValuesJacksonModule()).build();

    private static Stream<ReportedUsage> events() {
        var hour = Period.between(AT.minusSeconds(3_600), AT);
        return Stream.of(
                occupied(AT, "application/json", new ReportedUsage.Occupation("gpu-hour", hour, 2_500, "0")),
                occupied(null, null, new ReportedUsage.Occupation("gpu-hour", hour, 2_500, null)),
                read("application/json", Map.of("model", "m-70b"), "0"),
                read(null, null, null),
                new ReportedUsage.Retracted(
                        "1.0", "/cluster/a", "1", CONTRACT, null, null, new ReportedUsage.Retraction("0")));
    }

    private static ReportedUsage occupied(
            @Nullable Instant time, @Nullable String type, ReportedUsage.Occupation data) {
        return new ReportedUsage.Occupied("1.0", "/cluster/a", "1", CONTRACT, time, type, data);
    }

    private static ReportedUsage read(
            @Nullable String type, @Nullable Map<String, String> dimensions, @Nullable String supersedes) {
        return new ReportedUsage.Read(
                "1.0",
                "/cluster/a",
                "1",
                CONTRACT,
                AT,
                type,
                new ReportedUsage.Reading("tokens", new BigDecimal("1.5"), dimensions, null, supersedes));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_of_the_documented_form_is_read_also_where_it_says_null(ReportedUsage event) {
        JsonNode sent = JSON.valueToTree(event);

        var read = UsageEventReader.read(
                sent,
                code -> Stream.of(Meter.GPU_HOUR, TOKENS)
                        .filter(meter -> meter.code().equals(code))
                        .findFirst());

        assertThat(read.contract()).isEqualTo(CONTRACT);
        assertThat(UsageEventReader.time(sent).isPresent())
                .isEqualTo(sent.path("time").isString());
    }
}
