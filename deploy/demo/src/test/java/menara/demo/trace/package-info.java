@NullMarked
package menara.demo.trace;

import org.jspecify.annotations.NullMarked;
