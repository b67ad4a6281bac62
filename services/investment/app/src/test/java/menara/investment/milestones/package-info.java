/** Proofs of the milestones slice. */
@NullMarked
package menara.investment.milestones;

import org.jspecify.annotations.NullMarked;
