/** Proofs of the investment service as a whole. */
@NullMarked
package menara.investment;

import org.jspecify.annotations.NullMarked;
