/** Every commitment, in the order in which it was given. */
@NullMarked
package menara.capacity.ledger;

import org.jspecify.annotations.NullMarked;
