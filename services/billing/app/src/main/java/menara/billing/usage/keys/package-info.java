/** What is known of the events of a partition: whole in memory for the last ones, sealed behind filters for older ones. */
@NullMarked
package menara.billing.usage.keys;

import org.jspecify.annotations.NullMarked;
