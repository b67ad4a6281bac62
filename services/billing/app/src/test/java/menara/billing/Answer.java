package menara.billing;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP answer. */
record Answer(int status, String body) {

    /** The body, if the status is as expected; else a failure that shows what came instead. */
    JsonNode expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return JsonMapper.shared().readTree(body);
    }

    String expectText(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return body;
    }

    /** The problem's first named field, or its rule. */
    String problem(int expected) {
        var problem = expect(expected);
        return problem.has("rule")
                ? problem.get("rule").asString()
                : problem.path("errors").path(0).path("field").asString();
    }
}
