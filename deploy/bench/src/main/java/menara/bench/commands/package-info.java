/** How many commands a service carries out: a small service on the platform as services use it, and callers of its gateway. */
@NullMarked
package menara.bench.commands;

import org.jspecify.annotations.NullMarked;
