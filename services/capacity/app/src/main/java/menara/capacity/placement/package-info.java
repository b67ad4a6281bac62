/** Which racks meet a demand for a period, and why these: each free, and each that every node above it can carry. */
@NullMarked
package menara.capacity.placement;

import org.jspecify.annotations.NullMarked;
