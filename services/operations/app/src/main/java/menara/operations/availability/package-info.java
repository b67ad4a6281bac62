/** Availability per contract and calendar month: the arithmetic, its measurement when facts change, and its read side. */
@NullMarked
package menara.operations.availability;

import org.jspecify.annotations.NullMarked;
