/** Racks are metered from their hand-over until they go back, whether they are used or not. */
@NullMarked
package menara.billing.racks;

import org.jspecify.annotations.NullMarked;
