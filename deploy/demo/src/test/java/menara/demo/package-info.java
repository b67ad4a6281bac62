@NullMarked
package menara.demo;

import org.jspecify.annotations.NullMarked;
