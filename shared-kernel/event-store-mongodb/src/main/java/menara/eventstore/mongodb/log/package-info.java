/** One log as a process sees it: its commits, its head, its followers, and whether it was rolled back. */
@NullMarked
package menara.eventstore.mongodb.log;

import org.jspecify.annotations.NullMarked;
