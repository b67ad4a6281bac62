/** Proofs of the picture that decisions are made on. */
@NullMarked
package menara.capacity.campus;

import org.jspecify.annotations.NullMarked;
