/** Accepted usage is counted into hours, once, and what cannot be counted is parked. */
@NullMarked
package menara.billing.metering;

import org.jspecify.annotations.NullMarked;
