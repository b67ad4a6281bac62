/** What others get to know: private events turned into the contract's. */
@NullMarked
package menara.capacity.publishing;

import org.jspecify.annotations.NullMarked;
