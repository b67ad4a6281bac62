/** What the used quantities cost: pure arithmetic over plans and hours, rounded once per line. */
@NullMarked
package menara.billing.rating;

import org.jspecify.annotations.NullMarked;
