package menara.capacity;

import static menara.platform.security.Role.AUDITOR;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.CAPACITY_MANAGER;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.INVESTOR_RELATIONS;
import static menara.platform.security.Role.OPERATOR;
import static menara.platform.security.Role.PARTNER;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import menara.platform.security.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Who may do what here. */
@Configuration(proxyBeanMethods = false)
class CapacityRoutes {

    @Bean
    RouteTable capacityRouteTable() {
        return RouteTable.of(
                post("/api/capacity/phases", CAPACITY_MANAGER),
                get("/api/capacity/phases", CAPACITY_MANAGER, OPERATOR, FINANCE, INVESTOR_RELATIONS, PARTNER, AUDITOR),
                get(
                        "/api/capacity/phases/{phase}",
                        CAPACITY_MANAGER,
                        OPERATOR,
                        FINANCE,
                        INVESTOR_RELATIONS,
                        PARTNER,
                        AUDITOR),
                post("/api/capacity/phases/{phase}/commissionings", OPERATOR, CAPACITY_MANAGER),
                post("/api/capacity/phases/{phase}/sovereignty", CAPACITY_MANAGER),
                post("/api/capacity/phases/{phase}/postponement", CAPACITY_MANAGER),
                post("/api/capacity/deratings", OPERATOR, CAPACITY_MANAGER),
                get("/api/capacity/deratings", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                post("/api/capacity/deratings/{derating}/restoration", OPERATOR, CAPACITY_MANAGER),
                get("/api/capacity/risks", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                post("/api/capacity/halls", CAPACITY_MANAGER),
                get("/api/capacity/halls", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                get("/api/capacity/halls/{hall}", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                get("/api/capacity/envelope", CAPACITY_MANAGER, OPERATOR, FINANCE, PARTNER, AUDITOR),
                get(
                        "/api/capacity/forecast",
                        CAPACITY_MANAGER,
                        OPERATOR,
                        FINANCE,
                        INVESTOR_RELATIONS,
                        PARTNER,
                        AUDITOR),
                post("/api/capacity/site", CAPACITY_MANAGER).upTo(DataSize.ofMegabytes(4)), // a campus of 500 MW
                get("/api/capacity/site", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                get("/api/capacity/site/reference", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                post("/api/capacity/racks", CAPACITY_MANAGER).upTo(DataSize.ofMegabytes(2)),
                get("/api/capacity/racks", CAPACITY_MANAGER, OPERATOR, FINANCE, AUDITOR),
                post("/api/capacity/offers", CAPACITY_MANAGER, TENANT),
                post("/api/capacity/reservations", CAPACITY_MANAGER, TENANT),
                get("/api/capacity/reservations", CAPACITY_MANAGER, OPERATOR, BILLING_CLERK, FINANCE, TENANT, AUDITOR),
                get(
                        "/api/capacity/reservations/{reservation}",
                        CAPACITY_MANAGER,
                        OPERATOR,
                        BILLING_CLERK,
                        FINANCE,
                        TENANT,
                        AUDITOR),
                get("/api/capacity/reservations/{reservation}/placement", CAPACITY_MANAGER, OPERATOR, TENANT, AUDITOR),
                post("/api/capacity/reservations/{reservation}/confirmation", CAPACITY_MANAGER),
                post("/api/capacity/reservations/{reservation}/hold", CAPACITY_MANAGER),
                post("/api/capacity/reservations/{reservation}/waitlist", CAPACITY_MANAGER),
                post("/api/capacity/reservations/{reservation}/release", CAPACITY_MANAGER),
                post("/api/capacity/reservations/{reservation}/changes", CAPACITY_MANAGER)
                        .upTo(DataSize.ofKilobytes(512)), // 5,000 racks by name
                post("/api/capacity/reservations/{reservation}/activation", CAPACITY_MANAGER, OPERATOR),
                post("/api/capacity/reservations/{reservation}/end", CAPACITY_MANAGER, OPERATOR));
    }
}
