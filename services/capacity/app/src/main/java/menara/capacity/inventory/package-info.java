/** The inventory: which racks stand in which hall, imported in batches that can be repeated. */
@NullMarked
package menara.capacity.inventory;

import org.jspecify.annotations.NullMarked;
