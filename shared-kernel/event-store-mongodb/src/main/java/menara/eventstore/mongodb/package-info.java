/**
 * An Axon 5 event storage engine on MongoDB: one document per commit, the unique {@code _id} as compare-and-set. This package is the API:
 * the engine, its options and its errors. {@code processing} and {@code due} have what a service needs beside it; the other packages are
 * internal and change without notice.
 */
@NullMarked
package menara.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
