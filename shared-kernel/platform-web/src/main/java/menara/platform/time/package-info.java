/** Time and ids enter here, and work that falls due is taken from here. */
@NullMarked
package menara.platform.time;

import org.jspecify.annotations.NullMarked;
