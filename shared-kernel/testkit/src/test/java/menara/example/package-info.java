/** The smallest service there can be, to try the platform with. */
@NullMarked
package menara.example;

import org.jspecify.annotations.NullMarked;
