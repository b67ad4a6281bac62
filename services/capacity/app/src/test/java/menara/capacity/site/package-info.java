/** Proofs of the site as one document. */
@NullMarked
package menara.capacity.site;

import org.jspecify.annotations.NullMarked;
