package menara.operations;

import static menara.platform.security.Role.CAPACITY_MANAGER;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.OPERATOR;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import menara.platform.security.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Who may call what. */
@Configuration(proxyBeanMethods = false)
class OperationsRoutes {

    @Bean
    RouteTable routeTable() {
        return RouteTable.of(
                get("/api/operations/racks", OPERATOR, CAPACITY_MANAGER),
                post("/api/operations/racks/{rack}/energisation", OPERATOR),
                post("/api/operations/halls/{hall}/energisation", OPERATOR),
                get("/api/operations/incidents", OPERATOR, TENANT),
                post("/api/operations/incidents", OPERATOR).upTo(DataSize.ofKilobytes(512)), // 5,000 racks by name
                get("/api/operations/incidents/{incident}", OPERATOR, TENANT),
                post("/api/operations/incidents/{incident}/resolution", OPERATOR),
                post("/api/operations/incidents/{incident}/correction", OPERATOR)
                        .upTo(DataSize.ofKilobytes(512)),
                get("/api/operations/availability", OPERATOR, FINANCE, TENANT));
    }
}
