/** Pages of lists that are ordered by a text of their items. */
@NullMarked
package menara.operations.paging;

import org.jspecify.annotations.NullMarked;
