/** A request repeated under the same key has one effect and one answer. */
@NullMarked
package menara.platform.idempotency;

import org.jspecify.annotations.NullMarked;
