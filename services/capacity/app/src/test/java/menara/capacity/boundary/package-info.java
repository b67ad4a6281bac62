/** Proofs of the private events: their names and their tags. */
@NullMarked
package menara.capacity.boundary;

import org.jspecify.annotations.NullMarked;
