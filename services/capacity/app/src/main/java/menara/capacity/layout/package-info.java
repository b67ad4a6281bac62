/** Events of phases, halls, racks and the power tree, and of how much they carry. */
@NullMarked
package menara.capacity.layout;

import org.jspecify.annotations.NullMarked;
