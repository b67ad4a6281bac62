package menara.demo;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SiteStepsTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final String INCIDENTS = "/api/operations/incidents";
    private static final String RESOLUTION = INCIDENTS + "/n1/resolution";

    private final Story story = new Story(
            SmallCampus.of(MONTH), MONTH.atDay(1).atStartOfDay(Story.ZONE).toInstant());
    private final WireMockServer gateway =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void a_gateway() {
        gateway.start();
        gateway.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":300}")));
        gateway.stubFor(post(INCIDENTS).willReturn(okJson(incident("open"))));
        gateway.stubFor(post(RESOLUTION).willReturn(okJson(incident("resolved"))));
    }

    @AfterEach
    void stop() {
        gateway.stop();
    }

    @ParameterizedTest
    @CsvSource({"none, 1, 1", "open, 0, 1", "resolved, 0, 0"})
    void an_incident_goes_on_from_wherever_an_interrupted_demo_left_it(String left, int reported, int resolved) {
        gateway.stubFor(get(urlPathEqualTo(INCIDENTS))
                .willReturn(okJson("{\"items\":[" + (left.equals("none") ? "" : incident(left)) + "]}")));
        site().incident(List.of("rack-1"), Duration.ofHours(5));
        gateway.verify(reported, postRequestedFor(urlEqualTo(INCIDENTS)));
        gateway.verify(
                resolved,
                postRequestedFor(urlEqualTo(RESOLUTION))
                        .withRequestBody(equalToJson("{\"resolvedAt\":\"%s\"}"
                                .formatted(story.incidentStarts().plus(Duration.ofHours(5))))));
    }

    private String incident(String state) {
        return "{\"incident\":\"n1\",\"title\":\"Feed B of %s lost\",\"state\":\"%s\"}".formatted(story.name(), state);
    }

    private SiteSteps site() {
        return new SiteSteps(
                new GatewayClient(
                        URI.create(gateway.baseUrl()),
                        new Credentials(URI.create(gateway.baseUrl() + "/token"), "menara-demo", "secret"),
                        JsonMapper.shared(),
                        Clock.systemUTC()),
                new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
                story);
    }
}
