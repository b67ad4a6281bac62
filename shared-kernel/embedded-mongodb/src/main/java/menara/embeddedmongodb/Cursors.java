package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who opened which cursor. The library counts its cursors up and gives what is left of one to whoever names its number, in whatever
 * database.
 */
final class Cursors {

    /** Open at once; the one that was opened first is forgotten when there are more, and nobody can read on there. */
    private static final int MOST = 10_000;

    private final Map<Long, String> owners = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST;
        }
    };

    /** Looks at a reply: the cursor that it opens is this user's. */
    synchronized void opened(Document reply, User by) {
        if (reply.get("cursor") instanceof Document cursor && cursor.get("id") instanceof Long id && id != 0) {
            owners.put(id, by.name());
        }
    }

    /** Whether all cursors that a command names, if it names any, were opened by this user. */
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
