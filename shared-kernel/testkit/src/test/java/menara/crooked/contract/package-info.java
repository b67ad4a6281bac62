/** Breaks the grammar of a slice, so that its rules can be seen to fail. */
@NullMarked
package menara.crooked.contract;

import org.jspecify.annotations.NullMarked;
