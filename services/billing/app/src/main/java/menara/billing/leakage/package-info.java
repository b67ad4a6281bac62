/** What would bring no money unless somebody looked: kept, handed over, used, accepted or accrued, and not turned into a charge somebody was asked for. */
@NullMarked
package menara.billing.leakage;

import org.jspecify.annotations.NullMarked;
