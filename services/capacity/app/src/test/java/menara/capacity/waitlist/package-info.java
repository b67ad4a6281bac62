/** How other tests serve the waitlist. */
@NullMarked
package menara.capacity.waitlist;

import org.jspecify.annotations.NullMarked;
