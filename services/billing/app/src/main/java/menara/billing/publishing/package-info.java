/** What other services learn from billing. */
@NullMarked
package menara.billing.publishing;

import org.jspecify.annotations.NullMarked;
