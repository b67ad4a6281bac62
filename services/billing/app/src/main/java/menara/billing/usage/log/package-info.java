/** The usage log: every accepted event once, in partitions by its source. */
@NullMarked
package menara.billing.usage.log;

import org.jspecify.annotations.NullMarked;
