/** Pages about the whole, made from its sources and held against them. */
@NullMarked
package menara.architecture;

import org.jspecify.annotations.NullMarked;
