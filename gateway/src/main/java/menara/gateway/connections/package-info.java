/** Who may keep a connection to the gateway, and for how long. */
@NullMarked
package menara.gateway.connections;

import org.jspecify.annotations.NullMarked;
