@NullMarked
package menara.platform.security;

import org.jspecify.annotations.NullMarked;
