@NullMarked
package menara.eventstore.mongodb.due;

import org.jspecify.annotations.NullMarked;
