@NullMarked
package menara.platform.web;

import org.jspecify.annotations.NullMarked;
