/** Who is calling, what they may do, and the one table of routes that says so. */
@NullMarked
package menara.platform.security;

import org.jspecify.annotations.NullMarked;
