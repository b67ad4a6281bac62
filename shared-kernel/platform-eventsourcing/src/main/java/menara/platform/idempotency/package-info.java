/** The same request under the same key has one effect and one answer, whoever repeats it. */
@NullMarked
package menara.platform.idempotency;

import org.jspecify.annotations.NullMarked;
