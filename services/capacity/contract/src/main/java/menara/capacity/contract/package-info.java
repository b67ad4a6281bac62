/** What the capacity service publishes: commissioned power, inventory, and the life of reservations. */
@NullMarked
package menara.capacity.contract;

import org.jspecify.annotations.NullMarked;
