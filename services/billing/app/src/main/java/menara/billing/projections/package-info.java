/** What finance reads: accrued charges as of any date, and the forecast of a contract's revenue. */
@NullMarked
package menara.billing.projections;

import org.jspecify.annotations.NullMarked;
