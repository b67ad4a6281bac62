/** One log as a process sees it: its commits, its head, those who follow it, and whether it is still the log it was. */
@NullMarked
package menara.eventstore.mongodb.log;

import org.jspecify.annotations.NullMarked;
