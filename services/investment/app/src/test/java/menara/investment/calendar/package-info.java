/** Proofs of the calls slice. */
@NullMarked
package menara.investment.calendar;

import org.jspecify.annotations.NullMarked;
