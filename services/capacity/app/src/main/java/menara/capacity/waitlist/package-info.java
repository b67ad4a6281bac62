/** Who waits is confirmed in the order of coming, as soon as racks and power are free. */
@NullMarked
package menara.capacity.waitlist;

import org.jspecify.annotations.NullMarked;
