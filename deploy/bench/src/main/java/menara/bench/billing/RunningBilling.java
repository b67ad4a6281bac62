package menara.bench.billing;

import menara.bench.Server;
import menara.billing.BillingApplication;
import menara.testkit.TestTokens;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The billing service in this JVM. */
final class RunningBilling implements AutoCloseable {

    static final String DATABASE = "menara_billing";

    private final TestTokens tokens = new TestTokens("billing-service");
    private final ConfigurableApplicationContext context;
    private final BillingClient client;

    RunningBilling(Server server) {
        context = new SpringApplicationBuilder(BillingApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments(server, tokens, 0));
        client = new BillingClient(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"), tokens);
    }

    /** @param port 0 for any */
    static String[] arguments(Server server, TestTokens tokens, int port) {
        return new String[] {
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--menara.service=billing",
            "--menara.mongodb.database=" + DATABASE,
            // Other services' settings are on the same class path, so this service's settings are given here.
            "--menara.billing.seller.code=BENCH",
            "--menara.billing.seller.name=Bench",
            "--menara.billing.seller.street=1 rue du Phare",
            "--menara.billing.seller.postal-code=20250",
            "--menara.billing.seller.city=Casablanca",
            "--menara.billing.seller.country=MA",
            "--menara.billing.seller.ice=001999999000042",
            "--menara.billing.seller.tax-id=99999942",
            "--menara.billing.seller.trade-register=none",
            "--menara.billing.seller.time-zone=Africa/Casablanca",
            "--menara.billing.seller.grace=3d",
            "--menara.mongodb.uri=" + server.uri(),
            "--menara.security.issuer=" + tokens.issuer(),
            "--menara.security.jwk-set-uri=" + tokens.jwkSetUri(),
            "--menara.security.audience=billing-service",
            // What production would set (decision 34): a demonstration looks at credits and forecasts every
            // few seconds.
            "--menara.billing.reassessment-interval=1h",
            "--logging.level.root=warn"
        };
    }

    BillingClient client() {
        return client;
    }

    @Override
    public void close() {
        context.close();
        tokens.close();
    }
}
