/** Confirms waiting requests in their order, as soon as racks and power are free. */
@NullMarked
package menara.capacity.waitlist;

import org.jspecify.annotations.NullMarked;
