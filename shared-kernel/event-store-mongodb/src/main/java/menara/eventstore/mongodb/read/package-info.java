/** Finding the events that match: in memory, through the index of the server or the store's own, and from a snapshot on. */
@NullMarked
package menara.eventstore.mongodb.read;

import org.jspecify.annotations.NullMarked;
