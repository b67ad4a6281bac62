package menara.eventstore.spring.processing;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.eventstore.spring.Policy;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.state.EventTypes;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;

/** The beans that follow a log: projections and policies, checked before anything starts. */
public final class Followers {

    private Followers() {}

    /**
     * @param name of the processor
     * @param of the service whose published log it follows, empty for this service's private log
     * @param by fields that keep events in order
     * @param writesOnly whether its handlers only write read models, so that the time of the write within a batch does not matter
     * @param bean with the event handlers
     */
    public record Follower(String name, String of, List<String> by, boolean writesOnly, Object bean) {

        boolean followsOwnLog() {
            return of.isEmpty();
        }
    }

    /** @throws IllegalStateException if two have the same name or a handler names an event that cannot arrive */
    public static List<Follower> find(ApplicationContext context, EventTypes types) {
        Map<String, Follower> byName = new TreeMap<>();
        for (Object bean : context.getBeansWithAnnotation(Projection.class).values()) {
            var annotation = context.findAnnotationOnBean(nameOf(context, bean), Projection.class);
            if (annotation != null) {
                add(byName, new Follower(annotation.value(), annotation.of(), List.of(annotation.by()), true, bean));
            }
        }
        for (Object bean : context.getBeansWithAnnotation(Policy.class).values()) {
            var annotation = context.findAnnotationOnBean(nameOf(context, bean), Policy.class);
            if (annotation != null) {
                add(byName, new Follower(annotation.value(), annotation.of(), List.of(annotation.by()), false, bean));
            }
        }
        byName.values().forEach(follower -> check(follower, types));
        return new ArrayList<>(byName.values());
    }

    private static String nameOf(ApplicationContext context, Object bean) {
        return context.getBeanNamesForType(bean.getClass())[0];
    }

    private static void add(Map<String, Follower> byName, Follower follower) {
        var other = byName.put(follower.name(), follower);
        if (other != null) {
            throw new IllegalStateException("%s and %s are both named %s; a name is the key of a processor's progress"
                    .formatted(
                            other.bean().getClass().getName(),
                            follower.bean().getClass().getName(),
                            follower.name()));
        }
    }

    /** Axon would silently listen to a class name that no event has, so this check reports it. */
    private static void check(Follower follower, EventTypes types) {
        for (var method : AopUtils.getTargetClass(follower.bean()).getDeclaredMethods()) {
            var handler = method.getAnnotation(EventHandler.class);
            if (handler == null) {
                continue;
            }
            var event = Arrays.stream(method.getParameterTypes())
                    .filter(type -> types.nameOf(type).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(method + " handles no event with an explicit name"));
            var name = types.nameOf(event).orElseThrow();
            if (!handler.eventName().equals(name.fullName())) {
                throw new IllegalStateException(
                        "%s must say @EventHandler(eventName = \"%s\"), or no event ever arrives"
                                .formatted(method, name.fullName()));
            }
            if (!follower.by().isEmpty() && fieldsOf(event).noneMatch(follower.by()::contains)) {
                throw new IllegalStateException(
                        "%s handles %s, which has none of the fields %s".formatted(method, name, follower.by()));
            }
            if (follower.followsOwnLog() && !types.knows(name)) {
                throw new IllegalStateException(
                        "%s handles %s, which no state of this service has in its family".formatted(method, name));
            }
        }
    }

    private static Stream<String> fieldsOf(Class<?> event) {
        return event.isRecord()
                ? Arrays.stream(event.getRecordComponents()).map(RecordComponent::getName)
                : Stream.empty();
    }
}
