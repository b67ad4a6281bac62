/** Ends holds that were not confirmed in time, and reservations whose period is over. */
@NullMarked
package menara.capacity.expiry;

import org.jspecify.annotations.NullMarked;
