/** The one entry from outside: sign-in, limits and routes to the services. */
@NullMarked
package menara.gateway;

import org.jspecify.annotations.NullMarked;
