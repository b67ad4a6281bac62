/**
 * What the store has to know of the server it talks to: what it is, how it says that somebody was first, and until when it is waited
 * for.
 */
@NullMarked
package menara.eventstore.mongodb.database;

import org.jspecify.annotations.NullMarked;
