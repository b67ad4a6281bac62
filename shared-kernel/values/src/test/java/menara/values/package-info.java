@NullMarked
package menara.values;

import org.jspecify.annotations.NullMarked;
