/** HTTP the same way everywhere: problems, correlation ids, limits, strict JSON, pages, CSV. */
@NullMarked
package menara.platform.web;

import org.jspecify.annotations.NullMarked;
