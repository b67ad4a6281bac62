/** Refusals in the log: one line each, and never so many that a flood of them becomes a flood there. */
@NullMarked
package menara.gateway.refusals;

import org.jspecify.annotations.NullMarked;
