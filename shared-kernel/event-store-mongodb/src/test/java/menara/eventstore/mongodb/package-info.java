@NullMarked
package menara.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
