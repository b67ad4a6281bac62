package menara.eventstore.mongodb.commit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.core.QualifiedName;

/** Event types and keys repeat in every event; decoded events share one object of each. */
final class SharedNames {

    /** More than any program has types and keys; a program that uses values as keys loses the sharing, and memory stays bounded. */
    private static final int MAX_NAMES = 10_000;

    private final Map<String, QualifiedName> types = new ConcurrentHashMap<>();
    private final Map<String, String> strings = new ConcurrentHashMap<>();

    QualifiedName type(String name) {
        var known = types.get(name);
        if (known != null) {
            return known;
        }
        var type = new QualifiedName(name);
        if (types.size() < MAX_NAMES) {
            types.put(name, type);
        }
        return type;
    }

    String shared(String name) {
        var known = strings.get(name);
        if (known != null) {
            return known;
        }
        if (strings.size() < MAX_NAMES) {
            strings.put(name, name);
        }
        return name;
    }
}
