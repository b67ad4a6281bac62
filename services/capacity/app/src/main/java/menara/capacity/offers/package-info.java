/** Alternatives to a request that does not fit: earlier, later, elsewhere, fewer. */
@NullMarked
package menara.capacity.offers;

import org.jspecify.annotations.NullMarked;
