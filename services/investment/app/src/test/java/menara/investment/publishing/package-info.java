/** Proofs of what is published. */
@NullMarked
package menara.investment.publishing;

import org.jspecify.annotations.NullMarked;
