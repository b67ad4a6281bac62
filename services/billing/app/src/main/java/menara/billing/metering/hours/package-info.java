/** Metered hours of the contract's clock, a log of contributions that can be read as of any date. */
@NullMarked
package menara.billing.metering.hours;

import org.jspecify.annotations.NullMarked;
