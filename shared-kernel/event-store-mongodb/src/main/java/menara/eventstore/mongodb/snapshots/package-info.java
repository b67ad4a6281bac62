/** Folded states, so that a long history is not read from its beginning. */
@NullMarked
package menara.eventstore.mongodb.snapshots;

import org.jspecify.annotations.NullMarked;
