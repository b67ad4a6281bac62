@NullMarked
package menara.eventstore.mongodb.snapshots;

import org.jspecify.annotations.NullMarked;
