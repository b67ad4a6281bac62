/** Events of power that nodes lose and get back, and of commitments that are at risk for it. */
@NullMarked
package menara.capacity.deratings;

import org.jspecify.annotations.NullMarked;
