/** How much was used in which hour: intake of usage, racks handed over, hourly quantities. */
@NullMarked
package menara.billing.metering;

import org.jspecify.annotations.NullMarked;
