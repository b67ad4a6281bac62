package menara.platform.eventsourcing;

import java.util.Optional;
import menara.eventstore.spring.EventConverter;
import menara.eventstore.spring.EventNames;
import menara.eventstore.spring.PublishedIds;
import menara.eventstore.spring.Refusals;
import menara.platform.web.StrictJson;
import menara.values.CurrencyMismatch;
import menara.values.PublishedEvent;
import menara.values.Uuid8;
import menara.values.refusals.Refusal;
import org.axonframework.messaging.core.ClassBasedMessageTypeResolver;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver.AnnotationSpecification;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Configures the event store for every service of Menara: how its events are read and named, and what is a refusal. */
@AutoConfiguration(beforeName = "menara.eventstore.spring.boot.EventStoreAutoConfiguration")
class ServiceEvents {

    @Bean
    EventConverter eventConverter(JsonMapper json) {
        return EventConverter.json(StrictJson.stored(json));
    }

    @Bean
    MessageTypeResolver messageTypeResolver() {
        var published = new AnnotationMessageTypeResolver(
                new ClassBasedMessageTypeResolver(),
                new AnnotationSpecification(PublishedEvent.class, "name", "version", "namespace"));
        return new AnnotationMessageTypeResolver(published);
    }

    /** A private event carries Axon's annotation, a contract event that of the values module. */
    @Bean
    EventNames eventNames() {
        return type -> {
            var published = Optional.ofNullable(type.getAnnotation(PublishedEvent.class));
            return EventNames.annotated(type)
                    .or(() -> published.map(event -> new QualifiedName(event.namespace(), event.name())));
        };
    }

    @Bean
    StoreFaults storeFaults() {
        return new StoreFaults();
    }

    @Bean
    Refusals commandRefusals() {
        return thrown -> thrown instanceof Refusal || thrown instanceof CurrencyMismatch;
    }

    @Bean
    PublishedIds publishedIds() {
        return (cause, number) ->
                Uuid8.derived("published", cause, Integer.toString(number)).toString();
    }
}
