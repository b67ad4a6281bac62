/** Walks a log and says what is wrong with it. */
@NullMarked
package menara.eventstore.mongodb.verify;

import org.jspecify.annotations.NullMarked;
