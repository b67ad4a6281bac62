/** What the investment service publishes: milestones, capital calls and contributions. */
@NullMarked
package menara.investment.contract;

import org.jspecify.annotations.NullMarked;
