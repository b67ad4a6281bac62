package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which user opened which cursor. The library numbers its cursors and continues one for every client that names its number, in any
 * database.
 */
final class Cursors {

    /** Most cursors open at once; beyond, the oldest is forgotten and cannot be continued. */
    private static final int MOST = 10_000;

    private final Map<Long, String> owners = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST;
        }
    };

    /** Records that a cursor opened by a reply belongs to this user. */
    synchronized void opened(Document reply, User by) {
        if (reply.get("cursor") instanceof Document cursor && cursor.get("id") instanceof Long id && id != 0) {
            owners.put(id, by.name());
        }
    }

    /** Whether this user opened all cursors that a command names, if any. */
    synchronized boolean allowed(Document command, User user) {
        return numbers(command).stream()
                .allMatch(number -> number instanceof Long id && user.name().equals(owners.get(id)));
    }

    private static Collection<?> numbers(Document command) {
        return switch (Permissions.name(command)) {
            case "getmore" -> List.of(command.values().iterator().next());
            case "killcursors" -> command.get("cursors") instanceof Collection<?> listed ? listed : List.of();
            default -> List.of();
        };
    }
}
