/** Exchange rates: what a central bank published, kept as it was published, and what two people entered. */
@NullMarked
package menara.billing.fx;

import org.jspecify.annotations.NullMarked;
