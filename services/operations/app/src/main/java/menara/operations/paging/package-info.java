/** Pages of lists that are ordered by the id of their items. */
@NullMarked
package menara.operations.paging;

import org.jspecify.annotations.NullMarked;
