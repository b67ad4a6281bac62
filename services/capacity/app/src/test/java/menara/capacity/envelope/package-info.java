/** Proofs of the envelope slice. */
@NullMarked
package menara.capacity.envelope;

import org.jspecify.annotations.NullMarked;
