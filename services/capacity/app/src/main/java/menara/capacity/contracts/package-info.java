/** Tenants' contracts and their terms, as billing announces them: a commitment needs one. */
@NullMarked
package menara.capacity.contracts;

import org.jspecify.annotations.NullMarked;
