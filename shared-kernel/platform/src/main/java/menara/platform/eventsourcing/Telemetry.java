package menara.platform.eventsourcing;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.MongoParkingLot;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Metrics and health of the event side: how far behind, how many parked, whether the database answers. */
@AutoConfiguration(before = EventSourcingAutoConfiguration.class)
class Telemetry {

    /** Whoever asks for health waits no longer for the database than for its answer. */
    private static final Duration PING_LIMIT = Duration.ofSeconds(2);

    @Bean
    LogListener meteredLog(ObjectProvider<MeterRegistry> registry) {
        var meters = registry.getIfAvailable();
        return meters == null ? LogListener.NONE : new MeteredLog(meters);
    }

    /** Meters of the private log. */
    private static final class MeteredLog implements LogListener {

        private final Timer commits;
        private final DistributionSummary eventsPerCommit;
        private final Counter conflicts;
        private final Counter overtakings;
        private final Counter retries;
        private final Counter sourcedFromMemory;
        private final Counter sourcedFromDatabase;

        MeteredLog(MeterRegistry registry) {
            commits = Timer.builder("menara.log.commit")
                    .description("time to store one commit document")
                    .register(registry);
            eventsPerCommit = DistributionSummary.builder("menara.log.commit.events")
                    .description("events per commit document")
                    .register(registry);
            conflicts = Counter.builder("menara.log.conflicts")
                    .description("transactions refused by a conflict")
                    .register(registry);
            overtakings = Counter.builder("menara.log.overtaken")
                    .description("positions taken first by another process")
                    .register(registry);
            retries = Counter.builder("menara.log.retries")
                    .description("inserts whose answer was lost and that were asked for again")
                    .register(registry);
            sourcedFromMemory = sourced(registry, "memory");
            sourcedFromDatabase = sourced(registry, "database");
        }

        private static Counter sourced(MeterRegistry registry, String from) {
            return Counter.builder("menara.log.sourced")
                    .description("events read for decisions")
                    .tag("from", from)
                    .register(registry);
        }

        @Override
        public void committed(int transactions, int events, long bytes, long nanos) {
            commits.record(nanos, TimeUnit.NANOSECONDS);
            eventsPerCommit.record(events);
        }

        @Override
        public void sourced(int fromMemory, int fromDatabase) {
            sourcedFromMemory.increment(fromMemory);
            sourcedFromDatabase.increment(fromDatabase);
        }

        @Override
        public void retried() {
            retries.increment();
        }

        @Override
        public void conflicted() {
            conflicts.increment();
        }

        @Override
        public void overtaken() {
            overtakings.increment();
        }
    }

    /** Registers the gauges of each processor once it runs. */
    @Bean
    ProcessorGauges processorGauges(
            ObjectProvider<MeterRegistry> registry,
            ProcessorFactory processors,
            EventSourcingLifecycle lifecycle,
            MongoParkingLot lot,
            MongoEventStorageEngine engine,
            ObjectProvider<Publisher> publisher,
            ObjectProvider<ParkingPlace> places) {
        var gauges = new ProcessorGauges();
        var meters = registry.getIfAvailable();
        if (meters != null) {
            for (var follower : processors.followers()) {
                Gauge.builder(
                                "menara.processor.lag",
                                () -> ProjectionProgress.lag(
                                        lifecycle.processor(follower.name()), processors.headOf(follower)))
                        .description("events of its log that a processor has not handled yet")
                        .tag("processor", follower.name())
                        .register(meters);
                parked(meters, follower.name(), () -> lot.count(follower.name()));
            }
            places.forEach(place -> parked(meters, place.name(), place::count));
            publisher.ifAvailable(running -> Gauge.builder(
                            "menara.publisher.lag", () -> Math.max(0, engine.head() - running.translated()))
                    .description("private events that are not published yet")
                    .register(meters));
        }
        return gauges;
    }

    private static void parked(MeterRegistry meters, String name, Supplier<Number> count) {
        Gauge.builder("menara.processor.parked", count)
                .description("events that a processor could not handle, with those waiting behind them")
                .tag("processor", name)
                .register(meters);
    }

    /** Marks that the gauges are there. */
    static final class ProcessorGauges {}

    @Bean
    HealthIndicator mongodbHealthIndicator(MongoDatabase database) {
        var bounded = database.withTimeout(PING_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return () -> {
            try {
                bounded.runCommand(new Document("ping", 1));
                return Health.up().build();
            } catch (MongoException e) {
                return Health.down()
                        .withDetail("error", e.getClass().getSimpleName())
                        .build();
            }
        };
    }

    @Bean
    HealthIndicator processorsHealthIndicator(
            ProcessorFactory processors,
            EventSourcingLifecycle lifecycle,
            MongoParkingLot lot,
            ObjectProvider<Publisher> publisher) {
        return () -> {
            var health = Health.up();
            publisher.ifAvailable(running -> running.fault()
                    .ifPresent(fault -> health.withDetail("publisher", "stands still: " + fault.getMessage())));
            for (var follower : processors.followers()) {
                PooledStreamingEventProcessor processor = lifecycle.processor(follower.name());
                if (!processor.isRunning()) {
                    health.down().withDetail(follower.name(), "not running");
                } else if (lot.count(follower.name()) > 0) {
                    // One event that cannot be handled must not take the whole service out of rotation.
                    health.withDetail(
                            follower.name(), lot.count(follower.name()) + " events parked; see /actuator/parked");
                }
            }
            return health.build();
        };
    }

    @Bean
    ParkedEndpoint parkedEndpoint(
            MongoParkingLot lot,
            ProcessorFactory processors,
            EventSourcingLifecycle lifecycle,
            ObjectProvider<ParkingPlace> places) {
        return new ParkedEndpoint(
                lot, processors, lifecycle, places.orderedStream().toList());
    }
}
