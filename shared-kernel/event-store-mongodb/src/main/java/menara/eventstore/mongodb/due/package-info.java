/** Work that is due at a time, claimed by one of several processes. */
@NullMarked
package menara.eventstore.mongodb.due;

import org.jspecify.annotations.NullMarked;
