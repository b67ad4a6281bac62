/** Proofs of the publishing slice. */
@NullMarked
package menara.capacity.publishing;

import org.jspecify.annotations.NullMarked;
