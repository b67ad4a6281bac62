package menara.eventstore.spring.boot;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.spring.Background;
import menara.eventstore.spring.connect.EventStoreProperties;
import menara.eventstore.spring.processing.EventStoreLifecycle;
import menara.eventstore.spring.processing.ParkedEndpoint;
import menara.eventstore.spring.processing.ParkingPlace;
import menara.eventstore.spring.processing.ProcessorFactory;
import menara.eventstore.spring.processing.Progress;
import menara.eventstore.spring.publish.Publisher;
import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Metrics and health of the event side: how far behind, how many parked, whether the database answers. */
@AutoConfiguration(before = EventStoreAutoConfiguration.class)
class EventStoreTelemetry {

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
                    .description("inserts whose answer was lost and whose outcome was read again")
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
            Progress progress,
            MongoParkingLot lot,
            MongoEventStorageEngine engine,
            ObjectProvider<Publisher> publisher,
            ObjectProvider<ParkingPlace> places) {
        var gauges = new ProcessorGauges();
        var meters = registry.getIfAvailable();
        if (meters != null) {
            for (var follower : processors.followers()) {
                Gauge.builder("menara.processor.lag", () -> progress.lag(follower))
                        .description(
                                "events of its log that a processor has not handled yet, whichever instance runs it")
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
        var bounded = database.withTimeout(Progress.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
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
    Progress progress(
            EventStoreProperties properties,
            MongoDatabase database,
            ProcessorFactory processors,
            EventStoreLifecycle lifecycle,
            Clock clock) {
        return new Progress(
                database, processors, lifecycle, properties.processors().claimTimeout(), clock);
    }

    /** Part of readiness: whether this process does its work. */
    @Bean
    HealthIndicator processorsHealthIndicator(ProcessorFactory processors, EventStoreLifecycle lifecycle) {
        return () -> {
            var health = Health.up();
            for (var follower : processors.followers()) {
                if (!lifecycle.processor(follower.name()).isRunning()) {
                    health.down().withDetail(follower.name(), "not running");
                }
            }
            return health.build();
        };
    }

    /**
     * Whether events reach their followers. Not part of readiness: refusing requests does not help the followers, and one event that cannot
     * be handled must not take the whole service out of rotation.
     */
    @Bean
    HealthIndicator followingHealthIndicator(
            ProcessorFactory processors,
            Progress progress,
            MongoParkingLot lot,
            ObjectProvider<Background> background) {
        return () -> {
            var health = Health.up();
            background.forEach(work ->
                    work.trouble().ifPresent(trouble -> health.down().withDetail(work.name(), trouble)));
            try {
                var parked = lot.counts(Progress.LIMIT);
                for (var follower : processors.followers()) {
                    var details = new ArrayList<String>();
                    progress.trouble(follower).ifPresent(trouble -> {
                        health.down();
                        details.add(trouble);
                    });
                    processors.fault(follower).ifPresent(fault -> details.add("stands still: " + fault.getMessage()));
                    Optional.ofNullable(parked.get(follower.name()))
                            .ifPresent(count -> details.add(count + " events parked; see /actuator/parked"));
                    if (!details.isEmpty()) {
                        health.withDetail(follower.name(), String.join("; ", details));
                    }
                }
            } catch (MongoException e) {
                health.down().withDetail("error", e.getClass().getSimpleName());
            }
            return health.build();
        };
    }

    @Bean
    ParkedEndpoint parkedEndpoint(
            MongoParkingLot lot,
            ProcessorFactory processors,
            EventStoreLifecycle lifecycle,
            ObjectProvider<ParkingPlace> places) {
        return new ParkedEndpoint(
                lot, processors, lifecycle, places.orderedStream().toList());
    }
}
