@NullMarked
package menara.eventstore.mongodb.verify;

import org.jspecify.annotations.NullMarked;
