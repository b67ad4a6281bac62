/** Events of reservations: what is requested, held, committed and given back. */
@NullMarked
package menara.capacity.commitments;

import org.jspecify.annotations.NullMarked;
