@NullMarked
package menara.eventstore.mongodb.append;

import org.jspecify.annotations.NullMarked;
