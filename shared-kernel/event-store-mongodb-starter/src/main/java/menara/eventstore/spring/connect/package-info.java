/** Where the log lies, and how it is reached. */
@NullMarked
package menara.eventstore.spring.connect;

import org.jspecify.annotations.NullMarked;
