/** Puts everything together from what an application declares. */
@NullMarked
package menara.eventstore.spring.boot;

import org.jspecify.annotations.NullMarked;
