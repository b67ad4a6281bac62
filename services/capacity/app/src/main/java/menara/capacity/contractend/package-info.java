/** What becomes of commitments whose contract ends earlier than they do. */
@NullMarked
package menara.capacity.contractend;

import org.jspecify.annotations.NullMarked;
