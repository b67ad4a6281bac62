/** Proofs of the accounts slice. */
@NullMarked
package menara.investment.accounts;

import org.jspecify.annotations.NullMarked;
