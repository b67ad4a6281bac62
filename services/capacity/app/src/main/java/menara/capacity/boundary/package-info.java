/** What a decision looks at, and the tags by which events say where they matter. */
@NullMarked
package menara.capacity.boundary;

import org.jspecify.annotations.NullMarked;
