/** What a request looks like once it is inside: no claims about who sent it, and a correlation id. */
@NullMarked
package menara.gateway.edge;

import org.jspecify.annotations.NullMarked;
