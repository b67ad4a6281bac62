/** The expected return of the partners' capital, from their contributions, open calls and billing's forecast. */
@NullMarked
package menara.investment.valuation;

import org.jspecify.annotations.NullMarked;
