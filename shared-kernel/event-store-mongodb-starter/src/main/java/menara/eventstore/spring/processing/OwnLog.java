package menara.eventstore.spring.processing;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.state.EventTypes;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * The private log as a source of events. A follower stops before an event that this version of the service does not know, and a newer
 * instance goes on from there: a skipped event would be missing for ever.
 */
record OwnLog(MongoEventStorageEngine engine, EventTypes types) implements StreamableEventSource {

    @Override
    public MessageStream<EventMessage> open(StreamingCondition condition, @Nullable ProcessingContext context) {
        return engine.stream(condition, context)
                .onNext(entry -> types.known(entry.message().type().qualifiedName()));
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return engine.firstToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return engine.latestToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return engine.tokenAt(at, context);
    }
}
