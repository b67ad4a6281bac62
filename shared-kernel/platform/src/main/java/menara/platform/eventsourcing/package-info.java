/** What a slice needs to decide, project, follow and publish events; the Axon wiring behind it. */
@NullMarked
package menara.platform.eventsourcing;

import org.jspecify.annotations.NullMarked;
