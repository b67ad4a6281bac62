/** The database of the log and the connection to it. */
@NullMarked
package menara.eventstore.spring.connect;

import org.jspecify.annotations.NullMarked;
