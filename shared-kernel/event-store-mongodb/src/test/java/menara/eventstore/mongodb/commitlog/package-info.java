@NullMarked
package menara.eventstore.mongodb.commitlog;

import org.jspecify.annotations.NullMarked;
