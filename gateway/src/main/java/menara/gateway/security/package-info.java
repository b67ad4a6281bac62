/** Who is calling: a machine with a bearer token, or a person with a browser session. */
@NullMarked
package menara.gateway.security;

import org.jspecify.annotations.NullMarked;
