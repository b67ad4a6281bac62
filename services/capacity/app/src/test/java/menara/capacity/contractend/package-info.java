/** Tests of what a contract takes with it when it ends. */
@NullMarked
package menara.capacity.contractend;

import org.jspecify.annotations.NullMarked;
