/** Services that run in several processes each, on one database, while some of them are killed and paused. */
@NullMarked
package menara.smoke.instances;

import org.jspecify.annotations.NullMarked;
