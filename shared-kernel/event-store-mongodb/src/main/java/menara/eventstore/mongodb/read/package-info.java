/** Finding the events that match: in memory, through the index of the server or one of our own, and from a snapshot on. */
@NullMarked
package menara.eventstore.mongodb.read;

import org.jspecify.annotations.NullMarked;
