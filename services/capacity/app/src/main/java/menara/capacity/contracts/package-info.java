/** Whose contracts are whose and how long they run, as billing announces it: what a commitment may be made for. */
@NullMarked
package menara.capacity.contracts;

import org.jspecify.annotations.NullMarked;
