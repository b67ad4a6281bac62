/** Proofs of the reservation slice. */
@NullMarked
package menara.capacity.reservation;

import org.jspecify.annotations.NullMarked;
