/** The operations service: racks, incidents and the availability that follows from them. */
@NullMarked
package menara.operations;

import org.jspecify.annotations.NullMarked;
