package menara.billing;

import static menara.platform.security.Role.AUDITOR;
import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.Role.USAGE_BACKFILL;
import static menara.platform.security.Role.USAGE_REPORTER;
import static menara.platform.security.RouteTable.get;
import static menara.platform.security.RouteTable.post;

import menara.platform.security.RouteTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may do what. A tenant sees its own only; the endpoints see to that. */
@Configuration(proxyBeanMethods = false)
class BillingRoutes {

    @Bean
    RouteTable billingRouteTable() {
        return RouteTable.of(
                post("/api/billing/price-plans", BILLING_CLERK),
                get("/api/billing/price-plans/{plan}", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                post("/api/billing/contracts", BILLING_CLERK),
                get("/api/billing/contracts", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/contracts/{contract}", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                post("/api/billing/usage", USAGE_REPORTER, USAGE_BACKFILL),
                get("/api/billing/usage/events", USAGE_REPORTER, BILLING_CLERK, FINANCE, TENANT, AUDITOR),
                get("/api/billing/credits", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/projections/accrued", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/projections/forecast", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR));
    }
}
