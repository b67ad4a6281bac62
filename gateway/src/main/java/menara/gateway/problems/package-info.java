/** Every refusal of the gateway as an RFC 9457 problem, whatever part of the server it comes from. */
@NullMarked
package menara.gateway.problems;

import org.jspecify.annotations.NullMarked;
