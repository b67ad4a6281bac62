package menara.operations;

import static menara.platform.security.Role.AUDITOR;
import static menara.platform.security.Role.CAPACITY_MANAGER;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.OPERATOR;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import menara.platform.security.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what. */
@Configuration(proxyBeanMethods = false)
class OperationsRoutes {

    @Bean
    RouteTable routeTable() {
        return RouteTable.of(
                get("/api/operations/racks", OPERATOR, CAPACITY_MANAGER, AUDITOR),
                post("/api/operations/racks/{rack}/energisation", OPERATOR),
                post("/api/operations/halls/{hall}/energisation", OPERATOR),
                get("/api/operations/incidents", OPERATOR, TENANT, AUDITOR),
                post("/api/operations/incidents", OPERATOR),
                get("/api/operations/incidents/{incident}", OPERATOR, TENANT, AUDITOR),
                post("/api/operations/incidents/{incident}/resolution", OPERATOR),
                post("/api/operations/incidents/{incident}/correction", OPERATOR),
                get("/api/operations/availability", OPERATOR, FINANCE, TENANT, AUDITOR));
    }
}
