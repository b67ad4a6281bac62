/** What this service tells others. */
@NullMarked
package menara.operations.publishing;

import org.jspecify.annotations.NullMarked;
