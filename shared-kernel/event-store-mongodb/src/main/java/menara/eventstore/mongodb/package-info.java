/**
 * An Axon 5 event storage engine on MongoDB: one document per commit, the unique {@code _id} as compare-and-set. Here is what its user meets
 * first: the engine and what may be chosen for it, and the errors it ends with. What a service needs beside it is in {@code processing} and
 * {@code due}; the other rooms are the engine's own, and change without notice.
 */
@NullMarked
package menara.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
