/** Reservations from request to end: asked for, placed and sealed or refused with the reason, handed over, returned. */
@NullMarked
package menara.capacity.reservation;

import org.jspecify.annotations.NullMarked;
