/** What other services see: private events translated into the contract's. */
@NullMarked
package menara.capacity.publishing;

import org.jspecify.annotations.NullMarked;
