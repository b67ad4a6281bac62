/** What happened to the campus and to reservations: the private events, shared by the slices because a promise touches all of them. */
@NullMarked
package menara.capacity.events;

import org.jspecify.annotations.NullMarked;
