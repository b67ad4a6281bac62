package menara.gateway.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import menara.gateway.GatewayProperties;
import org.springframework.util.unit.DataSize;

/** How large a body each route takes. What is not named takes what an ordinary command needs. */
final class BodySizes {

    /** Paths, with what lies below them, that take lists of up to 5,000 racks. The services have the finer limits. */
    private static final Map<String, DataSize> LARGER = Map.of(
            "/api/capacity/site", DataSize.ofMegabytes(4),
            "/api/capacity/racks", DataSize.ofMegabytes(2),
            "/api/capacity/reservations", DataSize.ofKilobytes(256),
            "/api/operations/incidents", DataSize.ofKilobytes(256),
            "/api/operations/halls", DataSize.ofKilobytes(512));

    private final GatewayProperties.Limits limits;

    BodySizes(GatewayProperties.Limits limits) {
        this.limits = limits;
    }

    long limitBytes(HttpServletRequest request) {
        if (UsageIntake.is(request)) {
            return limits.usageBody().toBytes();
        }
        String path = request.getRequestURI();
        return LARGER.entrySet().stream()
                .filter(larger -> path.equals(larger.getKey()) || path.startsWith(larger.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(limits.body())
                .toBytes();
    }
}
