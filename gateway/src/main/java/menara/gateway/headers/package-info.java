/** The headers for browsers on every answer, whichever part of the server gives it. */
@NullMarked
package menara.gateway.headers;

import org.jspecify.annotations.NullMarked;
