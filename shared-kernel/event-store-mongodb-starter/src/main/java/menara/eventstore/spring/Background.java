package menara.eventstore.spring;

import java.util.Optional;

/** Work that goes on beside the requests, and of which health says so when it does not. A bean of this type is asked. */
public interface Background {

    /** What it is, in kebab case. */
    String name();

    /** Why it does not go on now; empty if nothing is wrong. */
    Optional<String> trouble();
}
