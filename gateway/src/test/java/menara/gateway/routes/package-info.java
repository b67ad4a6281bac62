/** The way to the services by itself. */
@NullMarked
package menara.gateway.routes;

import org.jspecify.annotations.NullMarked;
