package menara.eventstore.spring.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.machine.Rounds;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.eventstore.spring.Background;
import menara.eventstore.spring.Publication;
import menara.eventstore.spring.PublishedIds;
import menara.eventstore.spring.state.EventTypes;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * Follows the private log and appends its translation to the published log. Its progress is read from the published log, so it may be
 * killed or run twice at any point: an append only succeeds for the publisher that saw the log's end.
 */
public final class Publisher implements Background, AutoCloseable {

    /** Name of the collection that others may read. */
    public static final String LOG = "published";

    /** Contract events of one commit, unless one private event makes more. */
    private static final int MAX_BATCH = 500;

    /** Private events read in one round. */
    private static final int MAX_READ = 10_000;

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final MongoEventStorageEngine source;
    private final PublishedLog published;
    private final Publication publication;
    private final EventTypes types;
    private final Converter converter;
    private final MessageTypeResolver names;
    private final PublishedIds ids;
    private final Rounds rounds = new Rounds("publisher", this::round);
    private volatile long translated;

    // Used by the thread of the rounds only.
    private @Nullable Place place;

    public Publisher(
            MongoEventStorageEngine source,
            PublishedLog published,
            Publication publication,
            EventTypes types,
            Converter converter,
            MessageTypeResolver names,
            PublishedIds ids) {
        this.source = source;
        this.published = published;
        this.publication = publication;
        this.types = types;
        this.converter = converter;
        this.names = names;
        this.ids = ids;
    }

    public void start() {
        rounds.start();
    }

    /** Position of the private log up to which everything is published. */
    public long translated() {
        return translated;
    }

    @Override
    public String name() {
        return "publisher";
    }

    @Override
    public Optional<String> trouble() {
        return rounds.fault().map(fault -> "stands still: " + fault.getMessage());
    }

    /**
     * The translation of one private event.
     *
     * @param next position after the private event
     */
    private record Step(List<EventMessage> events, long next) {}

    /** The position of this publisher in both logs, until another one overtakes it. */
    private record Place(MessageStream<EventMessage> events, PublishedLog.State published) {}

    private long round() {
        try {
            var at = place == null ? begin() : place;
            var error = at.events().error();
            if (error.isPresent()) {
                throw new IllegalStateException("the private log cannot be followed", error.get());
            }
            var steps = translate(at.events());
            if (steps.stream().allMatch(step -> step.events().isEmpty())) {
                place = at;
                translated = steps.isEmpty() ? translated : steps.getLast().next();
                return at.events().hasNextAvailable() ? 0 : IDLE_NANOS;
            }
            var published = append(at.published(), steps);
            if (published.isPresent()) {
                translated = published.get().progress();
                place = new Place(at.events(), published.get());
            } else {
                leave(); // another publisher was faster: begin again from where it ended
            }
            return 0;
        } catch (RuntimeException | Error e) {
            leave();
            throw e;
        }
    }

    private Place begin() {
        var state = published.state();
        translated = Math.max(translated, state.progress());
        var events = source.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(translated)), null);
        var here = new Place(events, state);
        place = here;
        events.setCallback(rounds::wake);
        return here;
    }

    private void leave() {
        if (place != null) {
            place.events().close();
            place = null;
        }
    }

    /** Appends in as many commits as it takes. Empty if another publisher was faster. */
    private Optional<PublishedLog.State> append(PublishedLog.State state, List<Step> steps) {
        var events = steps.stream().flatMap(step -> step.events().stream()).toList();
        long next = steps.getLast().next();
        try {
            return published.append(state, events, next)
                    ? Optional.of(new PublishedLog.State(state.head() + events.size(), next))
                    : Optional.empty();
        } catch (EventTooLarge e) {
            if (steps.size() == 1) {
                throw e;
            }
            int half = steps.size() / 2;
            return append(state, steps.subList(0, half))
                    .flatMap(between -> append(between, steps.subList(half, steps.size())));
        }
    }

    /** The next private events. Events before one that cannot be translated are published first. */
    private List<Step> translate(MessageStream<EventMessage> events) {
        var steps = new ArrayList<Step>();
        int translations = 0;
        for (var entry = events.peek();
                entry.isPresent() && steps.size() < MAX_READ && translations < MAX_BATCH;
                entry = events.peek()) {
            List<EventMessage> translated;
            try {
                translated = translate(entry.get().message());
            } catch (RuntimeException e) {
                if (steps.isEmpty()) {
                    throw e;
                }
                break;
            }
            translations += translated.size();
            steps.add(new Step(translated, positionBehind(entry.get())));
            events.next();
        }
        return steps;
    }

    private static long positionBehind(MessageStream.Entry<EventMessage> entry) {
        return TrackingToken.fromContext(entry).orElseThrow().position().orElseThrow();
    }

    private List<EventMessage> translate(EventMessage message) {
        // Order is part of the contract: nothing is published past an event that cannot be translated.
        var event = message.payloadAs(types.known(message.type().qualifiedName()), converter);
        if (event == null) {
            return List.of();
        }
        var translations = new ArrayList<EventMessage>();
        for (Object contractEvent : publication.publish(event)) {
            MessageType name = names.resolveOrThrow(contractEvent.getClass());
            var id = ids.of(message.identifier(), translations.size());
            translations.add(new GenericEventMessage(id, name, contractEvent, message.metadata(), message.timestamp()));
        }
        return translations;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
