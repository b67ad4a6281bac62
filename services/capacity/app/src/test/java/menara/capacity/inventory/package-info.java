/** Proofs of the inventory slice. */
@NullMarked
package menara.capacity.inventory;

import org.jspecify.annotations.NullMarked;
