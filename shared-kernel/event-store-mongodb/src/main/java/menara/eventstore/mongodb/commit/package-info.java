/** Commits, in memory and as documents, and queries on them: criteria, questions and matching events. */
@NullMarked
package menara.eventstore.mongodb.commit;

import org.jspecify.annotations.NullMarked;
