package menara.eventstore.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A bean that folds events into documents, which answer questions. Its {@code @EventHandler(eventName = …)} methods set, they never
 * increment: an event may be delivered again after a crash and must change nothing then.
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Projection {

    /** Name of the processor: the key of its progress, so renaming it replays it. */
    @AliasFor(annotation = Component.class)
    String value();

    /** The service whose published log is followed ({@code capacity}, …); empty for this service's own private log. */
    String of() default "";

    /**
     * Fields that keep events in order: events with the same value in the first of these fields that they have are handled one after the
     * other, and one that cannot be handled holds up the later ones. Other events are handled in any order, by several workers. Empty for
     * one worker, which orders by the first field of an event.
     */
    String[] by() default {};
}
