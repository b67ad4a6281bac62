/** What a decision about the campus costs. */
@NullMarked
package menara.bench.capacity;

import org.jspecify.annotations.NullMarked;
