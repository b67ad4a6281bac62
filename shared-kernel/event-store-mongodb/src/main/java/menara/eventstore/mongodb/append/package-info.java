/** Writing to the end of a log: the turn to write, the content of a commit, conflicts, and outcomes. */
@NullMarked
package menara.eventstore.mongodb.append;

import org.jspecify.annotations.NullMarked;
