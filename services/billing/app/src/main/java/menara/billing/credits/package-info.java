/** Credits for months in which the promised availability was missed. */
@NullMarked
package menara.billing.credits;

import org.jspecify.annotations.NullMarked;
