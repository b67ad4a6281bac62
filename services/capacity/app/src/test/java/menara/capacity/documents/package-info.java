/** Proofs of what the read models share. */
@NullMarked
package menara.capacity.documents;

import org.jspecify.annotations.NullMarked;
