/** Proofs of the private events: their names, their tags, their stored form. */
@NullMarked
package menara.capacity.events;

import org.jspecify.annotations.NullMarked;
