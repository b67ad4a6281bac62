@NullMarked
package menara.eventstore.mongodb.machine;

import org.jspecify.annotations.NullMarked;
