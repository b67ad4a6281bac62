/** Events of phases, halls, racks and the power tree: what there is and how much it carries. */
@NullMarked
package menara.capacity.layout;

import org.jspecify.annotations.NullMarked;
