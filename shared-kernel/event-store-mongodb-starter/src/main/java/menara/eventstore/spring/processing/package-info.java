/** Passes events to the followers of a log, parks events that cannot be handled, and reports the progress of each follower. */
@NullMarked
package menara.eventstore.spring.processing;

import org.jspecify.annotations.NullMarked;
