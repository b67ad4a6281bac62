package menara.eventstore.mongodb;

/** How a log is read. Both ways pass the same suite; which is faster depends on the server. */
public enum ReadStrategy {

    /** Detected at start: {@link #INDEXED} if the server names its storage engines or is a router, else {@link #POINT_READS}. */
    AUTO,

    /** Range scans over {@code _id} and a multikey index over tags: MongoDB. */
    INDEXED,

    /** {@code _id} equality and {@code $in} only, and the store's own tag index: servers that ignore non-unique indexes. */
    POINT_READS
}
