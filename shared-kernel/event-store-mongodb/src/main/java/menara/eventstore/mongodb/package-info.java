/** An Axon 5 event storage engine on MongoDB: one document per commit, the unique {@code _id} as compare-and-set. */
@NullMarked
package menara.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
