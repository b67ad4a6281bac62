/** The capacity service: what the campus can power, what stands in it, and who has been promised which part of it. */
@NullMarked
package menara.capacity;

import org.jspecify.annotations.NullMarked;
