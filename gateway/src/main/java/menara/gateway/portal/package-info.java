/** What the portal's pages need from the gateway itself. */
@NullMarked
package menara.gateway.portal;

import org.jspecify.annotations.NullMarked;
