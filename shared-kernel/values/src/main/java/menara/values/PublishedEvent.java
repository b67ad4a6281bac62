package menara.values;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark of a record that a service publishes for others, which gives the event its name and version. Name and version are the contract; the Java class may move.
 * A change of shape is a new version beside the old one.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PublishedEvent {

    /** {@code menara.<service>}. */
    String namespace();

    String name();

    String version();
}
