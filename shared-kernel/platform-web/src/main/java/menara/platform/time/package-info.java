/** The sources of time and ids. */
@NullMarked
package menara.platform.time;

import org.jspecify.annotations.NullMarked;
