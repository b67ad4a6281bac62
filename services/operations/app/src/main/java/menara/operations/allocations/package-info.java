/** What operations remembers of contracts and allocations that other services announced, each version with the time it was recorded. */
@NullMarked
package menara.operations.allocations;

import org.jspecify.annotations.NullMarked;
