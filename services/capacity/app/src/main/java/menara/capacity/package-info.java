/** The capacity service: what the campus can power, what stands in it, and which part of it is committed to whom. */
@NullMarked
package menara.capacity;

import org.jspecify.annotations.NullMarked;
