/** What finance reads: accrued, invoiced and unbilled, as of any date. */
@NullMarked
package menara.billing.projections;

import org.jspecify.annotations.NullMarked;
