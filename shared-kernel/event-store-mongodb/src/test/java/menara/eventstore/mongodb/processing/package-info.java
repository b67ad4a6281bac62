@NullMarked
package menara.eventstore.mongodb.processing;

import org.jspecify.annotations.NullMarked;
