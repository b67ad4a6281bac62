/** The form of requests inside: without claims about the sender, and with a correlation id. */
@NullMarked
package menara.gateway.edge;

import org.jspecify.annotations.NullMarked;
