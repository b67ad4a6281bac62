/** The caller, its rights, and the table of routes that defines them. */
@NullMarked
package menara.platform.security;

import org.jspecify.annotations.NullMarked;
