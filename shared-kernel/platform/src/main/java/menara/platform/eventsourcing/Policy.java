package menara.platform.eventsourcing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A bean that reacts to events with commands, named after its rule ({@code WhenAvailabilityMissedThenGrantCredit}). Each command
 * carries an id derived from its cause ({@link menara.values.Uuid7#derived}), so a repeated delivery decides nothing new.
 */
@Documented
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Policy {

    /** Name of the processor: the key of its progress. */
    @AliasFor(annotation = Component.class)
    String value();

    /** The service whose published log is followed; empty for this service's own private log. */
    String of() default "";
}
