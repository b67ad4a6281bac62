/** Reservations from request to end: requested, placed and confirmed or rejected with the reason, activated, ended. */
@NullMarked
package menara.capacity.reservation;

import org.jspecify.annotations.NullMarked;
