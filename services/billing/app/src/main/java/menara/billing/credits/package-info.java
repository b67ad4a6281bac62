/** Credits for months in which the availability target was missed. */
@NullMarked
package menara.billing.credits;

import org.jspecify.annotations.NullMarked;
