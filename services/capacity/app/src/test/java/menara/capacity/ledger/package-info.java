/** Tests of the ledger. */
@NullMarked
package menara.capacity.ledger;

import org.jspecify.annotations.NullMarked;
