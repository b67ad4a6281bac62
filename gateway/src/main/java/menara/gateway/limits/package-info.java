/** Limits of what one party may send, in requests and in bytes. */
@NullMarked
package menara.gateway.limits;

import org.jspecify.annotations.NullMarked;
