/** What the billing service publishes: contracts, service-level credits and the revenue forecast. */
@NullMarked
package menara.billing.contract;

import org.jspecify.annotations.NullMarked;
