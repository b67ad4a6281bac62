/** What a decision reads, and the tags that say which nodes an event concerns. */
@NullMarked
package menara.capacity.boundary;

import org.jspecify.annotations.NullMarked;
