/** Refusals in the log: one line each, limited so that a flood of requests does not flood the log. */
@NullMarked
package menara.gateway.refusals;

import org.jspecify.annotations.NullMarked;
