package menara.eventstore.spring;

import java.util.Optional;

/** Work in the background of requests, whose stop health reports. Health asks every bean of this type. */
public interface Background {

    /** Its name, in kebab case. */
    String name();

    /** Why it has stopped; empty if it runs. */
    Optional<String> trouble();
}
