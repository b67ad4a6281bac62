/** Does work when it is due. */
@NullMarked
package menara.eventstore.spring.due;

import org.jspecify.annotations.NullMarked;
