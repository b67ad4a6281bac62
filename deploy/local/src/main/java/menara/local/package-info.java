/** The launcher behind {@code ./menara}: starts, watches and stops the processes of Menara on one machine. */
@NullMarked
package menara.local;

import org.jspecify.annotations.NullMarked;
