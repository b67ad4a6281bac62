@NullMarked
package menara.gateway.connections;

import org.jspecify.annotations.NullMarked;
