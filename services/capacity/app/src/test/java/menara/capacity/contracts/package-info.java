/** Tests of what is known of contracts. */
@NullMarked
package menara.capacity.contracts;

import org.jspecify.annotations.NullMarked;
