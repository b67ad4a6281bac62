/** What the READMEs show, as it stands there. */
@NullMarked
package menara.first;

import org.jspecify.annotations.NullMarked;
