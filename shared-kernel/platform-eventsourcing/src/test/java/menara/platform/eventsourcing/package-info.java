@NullMarked
package menara.platform.eventsourcing;

import org.jspecify.annotations.NullMarked;
