/** How fast the event store appends, sources, replays and tails, beside the raw driver on the same server in the same run. */
@NullMarked
package menara.bench.eventstore;

import org.jspecify.annotations.NullMarked;
