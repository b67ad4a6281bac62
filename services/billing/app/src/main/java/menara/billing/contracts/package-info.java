/** What a tenant agreed to: term, plan, currency, time zone and the availability target. */
@NullMarked
package menara.billing.contracts;

import org.jspecify.annotations.NullMarked;
