/** The picture that decisions are made on: an immutable campus with its limits, its racks and what was committed of them. */
@NullMarked
package menara.capacity.campus;

import org.jspecify.annotations.NullMarked;
