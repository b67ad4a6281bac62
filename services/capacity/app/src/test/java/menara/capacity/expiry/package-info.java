/** How other tests let time end reservations. */
@NullMarked
package menara.capacity.expiry;

import org.jspecify.annotations.NullMarked;
