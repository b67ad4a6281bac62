package menara.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.UUID;
import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.testkit.NeighbourLog;
import menara.testkit.RunningService;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Billing, played by a test: signs contracts and waits until the service has heard of them. */
final class SignedContracts implements AutoCloseable {

    /** The contract of {@code atlas-ai} that the tests reserve on. */
    static final String OF_ATLAS = "019b7c3e-0000-7000-8000-000000000002";

    static final Period LONG =
            Period.between(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2099-01-01T00:00:00Z"));

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final MongoClient client;
    private final NeighbourLog billing;
    private final Clock clock;

    SignedContracts(MongoClient client, Clock clock) {
        this.client = client;
        this.billing = new NeighbourLog(client, "billing", clock);
        this.clock = clock;
    }

    /** Signs {@link #OF_ATLAS} for a running service. */
    static void ofAtlas(RunningService service) {
        try (var contracts = new SignedContracts(service.mongo(), service.bean(Clock.class))) {
            contracts.sign(OF_ATLAS, "atlas-ai", LONG);
        }
    }

    void sign(String contract, String tenant, Period term) {
        billing.publish(signed(contract, tenant, term));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(known(contract)).isNotNull());
    }

    ContractSigned signed(String contract, String tenant, Period term) {
        return new ContractSigned(
                new ContractId(UUID.fromString(contract)),
                new TenantId(tenant),
                term,
                Currency.getInstance("MAD"),
                ZoneOffset.UTC,
                new BigDecimal("99.9"),
                clock.instant());
    }

    /** The contract ends then instead. */
    void endsAt(String contract, int revision, Instant until) {
        billing.publish(
                new ContractTermChanged(new ContractId(UUID.fromString(contract)), revision, until, clock.instant()));
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(known(contract)).extracting("revision").isEqualTo(revision));
    }

    NeighbourLog log() {
        return billing;
    }

    private @Nullable Document known(String contract) {
        return client.getDatabase("menara_capacity")
                .getCollection("contracts")
                .find(new Document("_id", contract))
                .first();
    }

    @Override
    public void close() {
        billing.close();
    }
}
