/** Tests of what is asked for. */
@NullMarked
package menara.capacity.commitments;

import org.jspecify.annotations.NullMarked;
