/** Tests of what the campus loses and which commitments that endangers. */
@NullMarked
package menara.capacity.risk;

import org.jspecify.annotations.NullMarked;
