/** The consortium's capital: commitments of the partners, capital calls, contributions, and the expected return. */
@NullMarked
package menara.investment;

import org.jspecify.annotations.NullMarked;
