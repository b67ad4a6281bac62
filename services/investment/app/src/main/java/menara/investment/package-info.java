/** The consortium's capital: what partners promised, what is called, what they paid, and what it is expected to return. */
@NullMarked
package menara.investment;

import org.jspecify.annotations.NullMarked;
