/** What a commit is, in memory and as a document, and what one asks of commits: criteria, questions and the events that answer them. */
@NullMarked
package menara.eventstore.mongodb.commit;

import org.jspecify.annotations.NullMarked;
