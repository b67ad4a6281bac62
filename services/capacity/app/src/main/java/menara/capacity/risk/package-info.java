/** What the campus carries less than it was built for, which commitments that endangers, and where they could move. */
@NullMarked
package menara.capacity.risk;

import org.jspecify.annotations.NullMarked;
