/** HTTP the same way everywhere: problems, idempotency keys, ETags, pages, CSV. */
@NullMarked
package menara.platform.web;

import org.jspecify.annotations.NullMarked;
