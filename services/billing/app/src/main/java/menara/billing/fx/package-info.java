/** Exchange rates: what a central bank published, kept as it was published. */
@NullMarked
package menara.billing.fx;

import org.jspecify.annotations.NullMarked;
