/** Walks a log and reports what is wrong with it. */
@NullMarked
package menara.eventstore.mongodb.verify;

import org.jspecify.annotations.NullMarked;
