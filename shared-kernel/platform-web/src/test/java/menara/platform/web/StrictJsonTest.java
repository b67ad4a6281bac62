package menara.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What could be read in two ways is not read at all, and the refusal names the field and no class of ours. */
class StrictJsonTest {

    private static final JsonMapper JSON = mapper();

    record Order(
            int count,
            @Nullable BigDecimal price,
            @Nullable String note,
            @Nullable List<String> names,
            @Nullable Map<String, String> match,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable YearMonth month) {}

    private static JsonMapper mapper() {
        var builder = JsonMapper.builder();
        StrictJson.configure(builder);
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'count':1.5}",
                "{'count':1e-999999999}",
                "{'count':99999999999}",
                "{'count':1,'count':2}",
                "{'count':1,'price':1e-999999999}",
                "{'count':1,'price':'1e999999999'}",
                "{'count':1,'price':'0e999999999'}",
                "{'count':1,'price':1.00000000000000000000000000000000000000001}",
                "{'count':1,'note':'\\ud800'}",
                "{'count':1,'note':'\\udc00x'}",
                "{'count':1,'note':'a\\u0000b'}",
                "{'count':1,'note':'a\\u0085b'}",
                "{'count':1,'names':[null]}",
                "{'count':1,'names':['\\ud800']}",
                "{'count':1,'names':{}}",
                "{'count':1,'match':{'\\ud800':'x'}}",
                "{'count':1,'match':{'x':null}}",
                "{'count':1,'names':[{}]}",
                "{'count':{}}",
                "{'count':1,'at':'+1000000000-12-31T23:59:59.999999999Z'}",
                "{'count':1,'at':'1999-12-31T23:59:59Z'}",
                "{'count':1,'day':'+999999999-12-31'}",
                "{'count':1,'day':'2200-01-01'}",
                "{'count':1,'month':'-999999999-01'}",
                "{'count':1,'month':'2200-01'}",
                "{'count':null}",
                "{'count':1} {}",
                "[]",
                "{'count':1,'\\ud800':2}",
                "{'count':1,'other':2}"
            })
    void what_is_not_plain_is_refused_naming_the_place_and_no_class(String body) {
        assertThatThrownBy(() -> JSON.readValue(body.replace('\'', '"'), Order.class))
                .isInstanceOfSatisfying(JacksonException.class, refusal -> {
                    var error = UnreadableJson.fieldError(refusal);
                    assertThat(error.detail())
                            .isNotBlank()
                            .doesNotContain("`", "menara.", "java.", "Order", "Deserializ", "tools.jackson");
                    // Whatever the caller wrote, the answer can be written.
                    assertThat(Problem.invalid(List.of(error)).json()).isNotEmpty();
                });
    }

    @Test
    void numbers_and_texts_of_everyday_are_read_as_they_stand() {
        var order = JSON.readValue(
                "{\"count\":12,\"price\":\"12345678901234567890.12345678901234\",\"note\":\"Société 한국 🚀\\nال\"}",
                Order.class);
        assertThat(order.price()).isEqualTo("12345678901234567890.12345678901234");
        assertThat(order.note()).isEqualTo("Société 한국 🚀\nال");
        assertThat(JSON.readValue("{\"count\":1,\"price\":1e-9}", Order.class).price())
                .isEqualByComparingTo("0.000000001");
    }

    @Test
    void trees_keep_each_digit_and_hold_so_much_and_no_more() {
        var tree = StrictJson.trees(10).readTree("{\"value\":0.1234567890123456789012345}");
        assertThat(tree.get("value").decimalValue()).isEqualTo("0.1234567890123456789012345");
        for (var body : List.of("[{},{},{},{},{},{}]", "{\"a\":1,\"a\":2}", "1 2")) {
            assertThatThrownBy(() -> StrictJson.trees(10).readTree(body))
                    .as(body)
                    .isInstanceOf(JacksonException.class);
        }
        assertThatThrownBy(() -> StrictJson.trees(10_000).readTree("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'count':1,'note':'a\\u0000b'}",
                "{'count':1,'note':'\\ud800'}",
                "{'count':1,'price':'1e30'}",
                "{'count':1,'match':{'\\u0085':'x'}}",
                "{'count':1,'at':'1970-01-01T00:00:00Z','day':'2999-12-31','month':'9999-12'}",
                "{'count':1,'since':'a later version'}"
            })
    void what_was_accepted_once_is_read_whatever_the_rules_are_now(String stored) {
        assertThat(StrictJson.stored(JSON)
                        .readValue(stored.replace('\'', '"'), Order.class)
                        .count())
                .isEqualTo(1);
    }
}
