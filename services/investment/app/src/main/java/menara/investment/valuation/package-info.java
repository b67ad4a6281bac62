/** What the partners' money is expected to return, from what they paid and owe and from billing's forecast. */
@NullMarked
package menara.investment.valuation;

import org.jspecify.annotations.NullMarked;
