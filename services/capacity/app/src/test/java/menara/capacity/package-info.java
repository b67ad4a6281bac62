/** Proofs of the service as a whole: its layout, its events, its routes, its HTTP interface. */
@NullMarked
package menara.capacity;

import org.jspecify.annotations.NullMarked;
