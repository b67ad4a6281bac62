/** Tests of the forecast. */
@NullMarked
package menara.capacity.forecast;

import org.jspecify.annotations.NullMarked;
