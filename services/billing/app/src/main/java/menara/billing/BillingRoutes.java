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
import org.springframework.util.unit.DataSize;

/** Who may do what. A tenant sees its own only; the controllers see to that. */
@Configuration(proxyBeanMethods = false)
class BillingRoutes {

    @Bean
    RouteTable billingRouteTable() {
        return RouteTable.of(
                post("/api/billing/price-plans", BILLING_CLERK).upTo(DataSize.ofKilobytes(512)), // thousands of tiers
                get("/api/billing/price-plans/{plan}", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                post("/api/billing/meters", BILLING_CLERK),
                get("/api/billing/meters", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                post("/api/billing/contracts", BILLING_CLERK),
                post("/api/billing/contracts/{contract}/amendments", BILLING_CLERK),
                post("/api/billing/contracts/{contract}/renewals", BILLING_CLERK),
                post("/api/billing/contracts/{contract}/termination", BILLING_CLERK),
                get("/api/billing/contracts", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/contracts/{contract}", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                post("/api/billing/exchange-rates", BILLING_CLERK),
                post("/api/billing/exchange-rates/{rate}/approval", BILLING_APPROVER),
                get("/api/billing/exchange-rates", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                get("/api/billing/exchange-rates/in-force", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                post("/api/billing/bill-runs", BILLING_CLERK),
                get("/api/billing/bill-runs/{month}", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                post("/api/billing/invoices", BILLING_CLERK),
                get("/api/billing/invoices", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/invoices/preview", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/invoices/{invoice}", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/invoices/{invoice}/ubl", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/invoices/{invoice}/pdf", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get(
                        "/api/billing/invoices/{invoice}/credit-notes/{number}/ubl",
                        BILLING_CLERK,
                        BILLING_APPROVER,
                        FINANCE,
                        TENANT,
                        AUDITOR),
                get(
                        "/api/billing/invoices/{invoice}/credit-notes/{number}/pdf",
                        BILLING_CLERK,
                        BILLING_APPROVER,
                        FINANCE,
                        TENANT,
                        AUDITOR),
                get(
                        "/api/billing/invoices/{invoice}/clearance",
                        BILLING_CLERK,
                        BILLING_APPROVER,
                        FINANCE,
                        TENANT,
                        AUDITOR),
                post("/api/billing/invoices/{invoice}/approval", BILLING_APPROVER),
                post("/api/billing/invoices/{invoice}/issue", BILLING_CLERK, BILLING_APPROVER),
                post("/api/billing/invoices/{invoice}/void", BILLING_CLERK, BILLING_APPROVER),
                post("/api/billing/invoices/{invoice}/credit-notes", BILLING_APPROVER),
                post("/api/billing/usage", USAGE_REPORTER, USAGE_BACKFILL).upTo(DataSize.ofMegabytes(16)), // streams
                get("/api/billing/usage/audit-trail", USAGE_REPORTER, BILLING_CLERK, FINANCE, TENANT, AUDITOR),
                get("/api/billing/credits", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/projections/accrued", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR),
                get("/api/billing/projections/revenue-leakage", BILLING_CLERK, BILLING_APPROVER, FINANCE, AUDITOR),
                get("/api/billing/projections/forecast", BILLING_CLERK, BILLING_APPROVER, FINANCE, TENANT, AUDITOR));
    }
}
