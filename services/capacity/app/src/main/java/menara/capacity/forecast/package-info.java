/** The forecast of planned, committed, probable and stranded power, day by day, and when the campus is full. */
@NullMarked
package menara.capacity.forecast;

import org.jspecify.annotations.NullMarked;
