/** An event of usage, its identity, and its form in the log. */
@NullMarked
package menara.billing.usage.events;

import org.jspecify.annotations.NullMarked;
