/** Every commitment, in the order in which it was made. */
@NullMarked
package menara.capacity.ledger;

import org.jspecify.annotations.NullMarked;
