/** From usage to money: what was agreed, what was used, what it costs. */
@NullMarked
package menara.billing;

import org.jspecify.annotations.NullMarked;
