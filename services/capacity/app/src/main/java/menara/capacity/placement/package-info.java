/** Chooses the racks that meet a demand for a period, and explains the choice: each is free, and every node above it can power it. */
@NullMarked
package menara.capacity.placement;

import org.jspecify.annotations.NullMarked;
