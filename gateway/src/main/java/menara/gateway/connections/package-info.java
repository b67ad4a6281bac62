/** Which connections to the gateway stay open, and for how long. */
@NullMarked
package menara.gateway.connections;

import org.jspecify.annotations.NullMarked;
