/** Offers, compared with a model that tries everything. */
@NullMarked
package menara.capacity.offers;

import org.jspecify.annotations.NullMarked;
