/** Tests of what the layout is made of. */
@NullMarked
package menara.capacity.layout;

import org.jspecify.annotations.NullMarked;
