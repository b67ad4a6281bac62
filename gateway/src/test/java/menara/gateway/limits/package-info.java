/** Limits by themselves, with a clock of the test's own. */
@NullMarked
package menara.gateway.limits;

import org.jspecify.annotations.NullMarked;
