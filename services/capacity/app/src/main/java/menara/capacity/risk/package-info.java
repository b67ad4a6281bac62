/** Deratings of the campus, the commitments they put at risk, and where those could move. */
@NullMarked
package menara.capacity.risk;

import org.jspecify.annotations.NullMarked;
