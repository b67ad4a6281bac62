/** The commitments of each partner to the fund, and how an amount is split in that proportion. */
@NullMarked
package menara.investment.commitments;

import org.jspecify.annotations.NullMarked;
