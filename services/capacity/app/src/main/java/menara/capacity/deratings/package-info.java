/** Events of power that nodes lose and get back, and of commitments put at risk by it. */
@NullMarked
package menara.capacity.deratings;

import org.jspecify.annotations.NullMarked;
