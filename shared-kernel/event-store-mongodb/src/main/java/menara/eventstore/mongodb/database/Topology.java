package menara.eventstore.mongodb.database;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** How a log is reached: on one replica set, directly or through the router of a sharded cluster. */
public final class Topology {

    private Topology() {}

    /**
     * Whether there is a router ({@code mongos}) between. It names no storage engines, though its shards have indexes. The query uses the
     * older name of {@code hello}, which every server knows.
     */
    static boolean isRouted(MongoDatabase database) {
        return "isdbgrid"
                .equals(database.runCommand(new Document("isMaster", 1)).getString("msg"));
    }

    /**
     * A position is taken by a unique {@code _id}, which a cluster checks on each shard alone: two commits on two shards could both have
     * one. A router reveals the shard key only to users who may read its configuration, so no sharded log is accepted.
     *
     * @throws IllegalStateException if the log is sharded
     */
    public static void requireUnsharded(MongoDatabase database, String log) {
        if (isRouted(database)
                && Boolean.TRUE.equals(
                        database.runCommand(new Document("collStats", log)).getBoolean("sharded"))) {
            throw new IllegalStateException(
                    "log %s is sharded, and its positions would not be unique over the shards; unshard the collection"
                            .formatted(log));
        }
    }
}
