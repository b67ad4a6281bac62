/** Proofs of the calls slice. */
@NullMarked
package menara.investment.calls;

import org.jspecify.annotations.NullMarked;
