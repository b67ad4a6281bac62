/** What could be had instead when a request does not fit: earlier, later, elsewhere, fewer. */
@NullMarked
package menara.capacity.offers;

import org.jspecify.annotations.NullMarked;
