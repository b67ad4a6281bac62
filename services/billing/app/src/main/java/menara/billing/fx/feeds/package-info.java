/** Central banks that publish exchange rates. */
@NullMarked
package menara.billing.fx.feeds;

import org.jspecify.annotations.NullMarked;
