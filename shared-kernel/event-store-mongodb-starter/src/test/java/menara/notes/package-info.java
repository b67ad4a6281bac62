/** An application of somebody who has the starter and a MongoDB, and nothing of ours besides. */
@NullMarked
package menara.notes;

import org.jspecify.annotations.NullMarked;
