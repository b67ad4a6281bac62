/** Time, background threads, and repeated work with its failures. Depends on nothing of the store. */
@NullMarked
package menara.eventstore.mongodb.machine;

import org.jspecify.annotations.NullMarked;
