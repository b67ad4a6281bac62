/** Contracts and allocations that other services announced, each version with the time at which it was recorded. */
@NullMarked
package menara.operations.allocations;

import org.jspecify.annotations.NullMarked;
