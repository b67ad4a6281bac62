@NullMarked
package menara.platform.idempotency;

import org.jspecify.annotations.NullMarked;
