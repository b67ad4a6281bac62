/** Writing to the end of a log: who has the turn, what travels in one commit, who conflicts, and what became of it. */
@NullMarked
package menara.eventstore.mongodb.append;

import org.jspecify.annotations.NullMarked;
