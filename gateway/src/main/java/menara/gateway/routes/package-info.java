/** The way to the four services, and what happens when one of them does not answer. */
@NullMarked
package menara.gateway.routes;

import org.jspecify.annotations.NullMarked;
