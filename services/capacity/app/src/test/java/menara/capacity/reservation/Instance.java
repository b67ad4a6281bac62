package menara.capacity.reservation;

import com.mongodb.client.MongoDatabase;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.boundary.EventFamilies;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.expiry.ExpiryTestAccess;
import menara.capacity.ledger.Ledger;
import menara.capacity.waitlist.WaitlistTestAccess;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.values.ReservationId;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.modelling.StateManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One process of the service, as far as decisions go: the shell on an engine of its own, without any cache. */
final class Instance implements AutoCloseable {

    /** More conflicts in a row than any test can cause. */
    private static final int MAX_TRIES = 1_000;

    private static final Converter CONVERTER = new JsonConverter(new JsonMapper());

    private static final Map<String, Class<?>> EVENTS =
            EventFamilies.events().stream().collect(Collectors.toMap(Instance::nameOf, Function.identity()));

    private final MongoEventStorageEngine engine;
    private final AxonConfiguration axon;

    Instance(MongoDatabase database) {
        engine = MongoEventStorageEngine.builder(database, CONVERTER).open();
        axon = EventSourcingConfigurer.create()
                .registerEventStorageEngine(_ -> engine)
                .registerCommandHandlingModule(CommandHandlingModule.named("reservation")
                        .commandHandlers(handlers -> handlers.annotatedCommandHandlingComponent(
                                        _ -> new ReservationCommandHandler(Scenes.SIGNED))
                                .annotatedCommandHandlingComponent(
                                        _ -> WaitlistTestAccess.commandHandler(Scenes.SIGNED))
                                .annotatedCommandHandlingComponent(_ -> ExpiryTestAccess.commandHandler())))
                .start();
        register(
                Boundary.class,
                Campus.class,
                Boundary::criteria,
                Campus.EMPTY,
                (campus, event) -> event instanceof CampusEvent happened ? campus.evolve(happened) : campus);
        register(
                Boundary.class,
                Ledger.class,
                Boundary::criteria,
                Ledger.EMPTY,
                (ledger, event) -> event instanceof CampusEvent happened ? ledger.evolve(happened) : ledger);
        register(
                ReservationId.class,
                Reservation.class,
                id -> EventCriteria.havingTags(CampusEvent.Tags.RESERVATION, id.toString()),
                new Reservation.None(),
                (state, event) -> event instanceof ReservationEvent happened ? state.evolve(happened) : state);
    }

    private <I, S> void register(
            Class<I> idType,
            Class<S> stateType,
            Function<I, EventCriteria> criteria,
            S none,
            BiFunction<S, Object, S> evolve) {
        axon.getComponent(StateManager.class)
                .register(new EventSourcingRepository<>(
                        idType,
                        stateType,
                        axon.getComponent(EventStore.class),
                        (_, _, _) -> none,
                        (id, _) -> criteria.apply(id),
                        (state, message, _) -> evolve.apply(state, payload(message))));
    }

    /** Stores events unconditionally. */
    void tell(List<?> events) {
        axon.getComponent(UnitOfWorkFactory.class)
                .create()
                .executeWithResult(context -> {
                    EventAppender.forContext(context).append(events);
                    return CompletableFuture.completedFuture("told");
                })
                .join();
    }

    /** Sends a command, again and again while others get in first. */
    Reservation send(Object command) {
        return send(command, Reservation.class);
    }

    <R> R send(Object command, Class<R> answer) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            // A decision that refuses appends nothing, so no append condition finds out that it was made on an old
            // state.
            engine.latestToken(null).join();
            try {
                return axon.getComponent(CommandGateway.class)
                        .send(command, answer)
                        .join();
            } catch (CompletionException e) {
                if (!isConflict(e)) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("conflicts did not end for " + command);
    }

    private static boolean isConflict(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof AppendEventsTransactionRejectedException || isConflict(failure.getCause()));
    }

    private static Object payload(EventMessage message) {
        var type = EVENTS.get(message.type().qualifiedName().toString());
        if (type == null) {
            throw new IllegalStateException("no event is named " + message.type());
        }
        return message.payloadAs((Type) type, CONVERTER);
    }

    private static String nameOf(Class<?> event) {
        var named = event.getAnnotation(Event.class);
        return named.namespace() + "." + named.name();
    }

    @Override
    public void close() {
        axon.shutdown();
        engine.close();
    }

    private record JsonConverter(JsonMapper json) implements Converter {

        @Override
        public boolean canConvert(Type sourceType, Type targetType) {
            return true;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> @Nullable T convert(@Nullable Object input, Type targetType) {
            if (input == null || (targetType instanceof Class<?> wanted && wanted.isInstance(input))) {
                return (T) input;
            }
            return input instanceof byte[] bytes
                    ? json.readValue(bytes, json.constructType(targetType))
                    : (T) json.writeValueAsBytes(input);
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("json", json);
        }
    }
}
