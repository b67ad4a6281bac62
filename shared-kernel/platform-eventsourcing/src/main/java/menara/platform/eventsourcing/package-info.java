/** How the events of our services are read and named; everything else of the event side is the event store's starter. */
@NullMarked
package menara.platform.eventsourcing;

import org.jspecify.annotations.NullMarked;
