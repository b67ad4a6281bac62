@NullMarked
package menara.gateway.refusals;

import org.jspecify.annotations.NullMarked;
