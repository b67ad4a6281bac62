/** What will be there, committed, probable and stranded, day by day, and when the campus is full. */
@NullMarked
package menara.capacity.forecast;

import org.jspecify.annotations.NullMarked;
