/** Proofs of the commitments slice. */
@NullMarked
package menara.investment.commitments;

import org.jspecify.annotations.NullMarked;
