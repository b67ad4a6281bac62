/** Revenue leakage: what was reserved, handed over, used, accepted or accrued, and is not invoiced. */
@NullMarked
package menara.billing.leakage;

import org.jspecify.annotations.NullMarked;
