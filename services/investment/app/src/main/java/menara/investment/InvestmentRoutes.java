package menara.investment;

import static menara.platform.security.Role.AUDITOR;
import static menara.platform.security.Role.INVESTMENT_APPROVER;
import static menara.platform.security.Role.INVESTOR_RELATIONS;
import static menara.platform.security.Role.PARTNER;
import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import menara.platform.security.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what. Partners read their own account and return, and nothing that names another partner. */
@Configuration(proxyBeanMethods = false)
class InvestmentRoutes {

    @Bean
    RouteTable routeTable() {
        return RouteTable.of(
                post("/api/investment/commitments", INVESTOR_RELATIONS),
                get("/api/investment/commitments", INVESTOR_RELATIONS, INVESTMENT_APPROVER, AUDITOR),
                post("/api/investment/milestones", INVESTOR_RELATIONS),
                get("/api/investment/milestones", INVESTOR_RELATIONS, INVESTMENT_APPROVER, PARTNER, AUDITOR),
                get(
                        "/api/investment/milestones/{milestone}",
                        INVESTOR_RELATIONS,
                        INVESTMENT_APPROVER,
                        PARTNER,
                        AUDITOR),
                post("/api/investment/capital-calls", INVESTOR_RELATIONS),
                get("/api/investment/capital-calls", INVESTOR_RELATIONS, INVESTMENT_APPROVER, AUDITOR),
                get("/api/investment/capital-calls/{call}", INVESTOR_RELATIONS, INVESTMENT_APPROVER, AUDITOR),
                post("/api/investment/capital-calls/{call}/issuance", INVESTMENT_APPROVER),
                post("/api/investment/capital-calls/{call}/contributions", INVESTOR_RELATIONS),
                get(
                        "/api/investment/partners/{partner}/account",
                        PARTNER,
                        INVESTOR_RELATIONS,
                        INVESTMENT_APPROVER,
                        AUDITOR),
                get("/api/investment/returns/projected", PARTNER, INVESTOR_RELATIONS, AUDITOR));
    }
}
