package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import menara.gateway.GatewayProperties;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The largest body of each route, as its service limits it. Other routes take as much as an ordinary command needs. */
final class BodySizes {

    private static final List<Larger> LARGER = List.of(
            Larger.post("/api/billing/price-plans", DataSize.ofKilobytes(512)),
            Larger.post("/api/capacity/racks", DataSize.ofMegabytes(2)),
            Larger.post("/api/capacity/reservations/{reservation}/changes", DataSize.ofKilobytes(512)),
            Larger.post("/api/capacity/site", DataSize.ofMegabytes(4)),
            Larger.post("/api/operations/incidents", DataSize.ofKilobytes(512)),
            Larger.post("/api/operations/incidents/{incident}/correction", DataSize.ofKilobytes(512)));

    private record Larger(HttpMethod method, PathPattern path, DataSize size) {

        static Larger post(String path, DataSize size) {
            return new Larger(HttpMethod.POST, PathPatternParser.defaultInstance.parse(path), size);
        }

        boolean matches(HttpServletRequest request) {
            return method.matches(request.getMethod())
                    && path.matches(PathContainer.parsePath(request.getRequestURI()));
        }
    }

    private final GatewayProperties.Limits limits;

    BodySizes(GatewayProperties.Limits limits) {
        this.limits = limits;
    }

    long limitBytes(HttpServletRequest request) {
        if (UsageIntake.is(request)) {
            return limits.usageBody().toBytes();
        }
        return LARGER.stream()
                .filter(larger -> larger.matches(request))
                .map(Larger::size)
                .findFirst()
                .orElse(limits.body())
                .toBytes();
    }
}
