/** The party behind a request, read from a token that was checked. */
@NullMarked
package menara.gateway.party;

import org.jspecify.annotations.NullMarked;
