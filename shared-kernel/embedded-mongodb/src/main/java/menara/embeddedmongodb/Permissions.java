package menara.embeddedmongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which user may run which command. Any other command is refused to all. */
final class Permissions {

    /** They reveal no more about the server than its version does. */
    private static final Set<String> OF_EVERY_USER = Set.of("ping", "buildinfo", "endsessions");

    /** {@link Cursors} checks cursors, because the server finds them by number alone. */
    private static final Set<String> WITH_CURSORS = Set.of("getmore", "killcursors");

    private static final Set<String> IN_OWN_DATABASE = Set.of(
            "find",
            "count",
            "distinct",
            "aggregate",
            "insert",
            "update",
            "delete",
            "findandmodify",
            "create",
            "createindexes",
            "drop",
            "dropindexes",
            "dropdatabase",
            "listcollections",
            "listindexes",
            "collstats",
            "dbstats",
            "validate");

    /** Not {@code aggregate}, which can look up other collections of the same database. */
    private static final Set<String> ON_READABLE_COLLECTIONS = Set.of("find", "count", "distinct");

    private Permissions() {}

    /** The name of a command in lower case: the server ignores case too. */
    static String name(Document command) {
        return command.isEmpty() ? "" : command.keySet().iterator().next().toLowerCase(Locale.ROOT);
    }

    static boolean allow(User user, @Nullable String database, Document command) {
        var name = name(command);
        if (OF_EVERY_USER.contains(name) || WITH_CURSORS.contains(name)) {
            return true;
        }
        if (user.database().equals(database)) {
            return IN_OWN_DATABASE.contains(name) && !leaves(user.database(), command.get("pipeline"));
        }
        return ON_READABLE_COLLECTIONS.contains(name)
                && command.values().iterator().next() instanceof String collection
                && user.readable().contains(database + "." + collection);
    }

    /** Whether any stage of the pipeline merges into another database. */
    private static boolean leaves(String database, @Nullable Object part) {
        return switch (part) {
            case Map<?, ?> map ->
                (map.get("$merge") instanceof Map<?, ?> merge && isElsewhere(database, merge.get("into")))
                        || (map.get("$out") instanceof Map<?, ?> out && isElsewhere(database, out))
                        || map.values().stream().anyMatch(value -> leaves(database, value));
            case Collection<?> list -> list.stream().anyMatch(value -> leaves(database, value));
            case null, default -> false;
        };
    }

    private static boolean isElsewhere(String database, @Nullable Object target) {
        return target instanceof Map<?, ?> place && place.containsKey("db") && !database.equals(place.get("db"));
    }
}
