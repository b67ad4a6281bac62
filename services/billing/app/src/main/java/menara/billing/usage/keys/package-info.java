/** The facts of the events of a partition: in memory for the latest ones, sealed behind filters for older ones. */
@NullMarked
package menara.billing.usage.keys;

import org.jspecify.annotations.NullMarked;
