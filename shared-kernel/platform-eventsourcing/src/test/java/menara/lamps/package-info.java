/** A service of lamps, in an old and a new version: what the platform promises a service is tried on it. */
@NullMarked
package menara.lamps;

import org.jspecify.annotations.NullMarked;
