/**
 * What the store needs to know about its server: its kind, its duplicate keys, and time limits.
 */
@NullMarked
package menara.eventstore.mongodb.database;

import org.jspecify.annotations.NullMarked;
