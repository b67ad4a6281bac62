/** Ends commitments no later than their contracts. */
@NullMarked
package menara.capacity.contractend;

import org.jspecify.annotations.NullMarked;
