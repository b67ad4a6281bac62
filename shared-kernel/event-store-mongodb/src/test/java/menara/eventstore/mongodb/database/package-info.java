@NullMarked
package menara.eventstore.mongodb.database;

import org.jspecify.annotations.NullMarked;
