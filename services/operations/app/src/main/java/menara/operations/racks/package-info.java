/** Which racks stand in the halls and which of them are energised. */
@NullMarked
package menara.operations.racks;

import org.jspecify.annotations.NullMarked;
