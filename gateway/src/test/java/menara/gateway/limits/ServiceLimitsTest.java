package menara.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import menara.gateway.GatewayProperties.Rate;
import menara.gateway.Service;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

/** What the services write down of their own limits ({@code route-limits.txt}, which their tests compare with what they do). */
class ServiceLimitsTest {

    private static final Pattern TAKES = Pattern.compile("(\\w+) (/\\S+) takes (\\d+) kB");
    private static final Pattern COSTLY =
            Pattern.compile("(\\w+) (/\\S+) is costly(?: with (\\w+))?(?: without (\\w+))?");

    private final BodySizes sizes = new BodySizes(GatewayLimits.of(new Rate(1, 1), new Rate(1, 1), new Rate(1, 1)));

    @Test
    void every_line_is_understood() {
        assertThat(lines()).isNotEmpty().allMatch(line -> line.matches(TAKES + "|" + COSTLY));
    }

    @Test
    void a_body_that_its_service_takes_is_let_through_and_one_that_is_longer_is_not() {
        assertThat(found(TAKES)).isNotEmpty().allSatisfy(takes -> {
            var route = request(takes.group(1), takes.group(2));
            if (UsageIntake.is(route)) { // goes in parts, each within a setting
                return;
            }
            assertThat(sizes.limitBytes(route))
                    .as(takes.group())
                    .isEqualTo(
                            DataSize.ofKilobytes(Long.parseLong(takes.group(3))).toBytes());
        });
    }

    @Test
    void below_and_beside_a_route_with_long_bodies_bodies_are_short() {
        for (String path : List.of(
                "/api/capacity/site/reference",
                "/api/capacity/reservations",
                "/api/operations/incidents/i1/resolution",
                "/api/billing/price-plans/p1")) {
            assertThat(sizes.limitBytes(request("POST", path))).as(path).isEqualTo(64 * 1024);
        }
        assertThat(sizes.limitBytes(request("PUT", "/api/capacity/site"))).isEqualTo(64 * 1024);
    }

    @Test
    void what_its_service_calls_costly_is_heavy_here_and_not_where_the_service_says_it_is_not() {
        assertThat(found(COSTLY)).isNotEmpty().allSatisfy(costly -> {
            var route = request(costly.group(1), costly.group(2));
            Optional.ofNullable(costly.group(3)).ifPresent(with -> {
                assertThat(HeavyQueries.is(route)).as(costly.group()).isFalse();
                route.setQueryString("x=1&" + with + "=y");
            });
            assertThat(HeavyQueries.is(route)).as(costly.group()).isTrue();
            Optional.ofNullable(costly.group(4)).ifPresent(without -> {
                route.setQueryString("x=1&" + without + "=y");
                assertThat(HeavyQueries.is(route)).as(costly.group()).isFalse();
            });
        });
    }

    @Test
    void a_parameter_is_known_however_its_name_is_spelled() {
        var envelope = request("GET", "/api/capacity/envelope");
        assertThat(HeavyQueries.is(envelope)).isFalse();
        for (String query : List.of("asOf=x", "asOf", "%61sOf=x", "a=b&as%4Ff=")) {
            envelope.setQueryString(query);
            assertThat(HeavyQueries.is(envelope)).as(query).isTrue();
        }
    }

    private static MockHttpServletRequest request(String method, String pattern) {
        return new MockHttpServletRequest(
                method, pattern.replaceAll("\\{[^}]+}", "00000000-0000-7000-8000-000000000000"));
    }

    private static List<MatchResult> found(Pattern pattern) {
        return lines().stream().flatMap(line -> pattern.matcher(line).results()).toList();
    }

    private static List<String> lines() {
        return Arrays.stream(Service.values())
                .map(service -> Path.of("..", "services", service.label(), "app/src/test/resources/route-limits.txt"))
                .flatMap(file -> {
                    try {
                        return Files.readAllLines(file).stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
