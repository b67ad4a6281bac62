/** Proofs of the valuation slice. */
@NullMarked
package menara.investment.valuation;

import org.jspecify.annotations.NullMarked;
