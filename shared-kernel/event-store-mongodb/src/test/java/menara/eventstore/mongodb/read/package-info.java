@NullMarked
package menara.eventstore.mongodb.read;

import org.jspecify.annotations.NullMarked;
