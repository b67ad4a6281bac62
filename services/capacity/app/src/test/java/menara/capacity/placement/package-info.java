/** Tests of placement. */
@NullMarked
package menara.capacity.placement;

import org.jspecify.annotations.NullMarked;
