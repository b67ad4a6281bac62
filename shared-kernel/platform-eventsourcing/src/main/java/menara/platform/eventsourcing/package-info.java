/** How the events of Menara's services are read and named; the event store's starter does the rest. */
@NullMarked
package menara.platform.eventsourcing;

import org.jspecify.annotations.NullMarked;
