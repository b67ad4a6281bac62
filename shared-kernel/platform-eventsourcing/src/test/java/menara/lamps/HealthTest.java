package menara.lamps;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.lamps.LampCommand.LightLamp;
import org.awaitility.Awaitility;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Health and lag tell what is, also of what this process does not do itself. */
class HealthTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** Three short questions and what lies between them. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    private static Health health(Instance instance, String name) {
        return requireNonNull(instance.context()
                .getBean(name + "HealthIndicator", HealthIndicator.class)
                .health());
    }

    private static double lag(Instance instance) {
        return instance.context()
                .getBean(MeterRegistry.class)
                .get("menara.processor.lag")
                .tag("processor", "last")
                .gauge()
                .value();
    }

    private static PooledStreamingEventProcessor processor(Instance instance) {
        return instance.context()
                .getBean(AxonConfiguration.class)
                .getModuleConfiguration("last")
                .orElseThrow()
                .getComponent(PooledStreamingEventProcessor.class, "last");
    }

    @Test
    void a_log_that_nobody_follows_is_told() throws Exception {
        try (var instance = Instance.of(NewLamps.class, server)) {
            instance.commands().send(new LightLamp("seen"));
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> health(instance, "following").getStatus().equals(Status.UP));
            processor(instance).shutdown().get();

            instance.commands().send(new LightLamp("not seen"));

            Awaitility.await().atMost(LIMIT).until(() -> lag(instance) >= 1);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> health(instance, "following").getStatus().equals(Status.DOWN));
            assertThat(health(instance, "following").getDetails())
                    .extractingByKey("last")
                    .asString()
                    .contains("no instance follows");
        }
    }

    @Test
    void a_processor_that_another_instance_runs_has_its_lag_and_is_well() {
        try (var one = Instance.of(NewLamps.class, server);
                var other = Instance.of(NewLamps.class, server)) {
            one.commands().send(new LightLamp("lamp"));

            for (var instance : List.of(one, other)) {
                Awaitility.await().atMost(LIMIT).until(() -> lag(instance) == 0);
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> health(instance, "following").getStatus().equals(Status.UP));
            }
        }
    }

    @Test
    void health_is_told_in_time_while_the_database_swallows_every_question() throws Exception {
        try (var proxy = new StallingProxy(server.connectionString());
                var instance =
                        Instance.of(NewLamps.class, server, "--menara.mongodb.uri=" + proxy.connectionString())) {
            proxy.stall();
            long begun = System.nanoTime();

            assertThat(health(instance, "mongodb").getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(instance, "following").getStatus()).isEqualTo(Status.DOWN);
            health(instance, "processors");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ANSWER_LIMIT);
            proxy.close();
        }
    }
}
