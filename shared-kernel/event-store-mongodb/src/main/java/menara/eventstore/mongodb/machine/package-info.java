/** Time that passes and threads that work beside their callers, and what they do when work fails. Depends on nothing of the store. */
@NullMarked
package menara.eventstore.mongodb.machine;

import org.jspecify.annotations.NullMarked;
