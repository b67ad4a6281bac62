/** Each partner's capital account: committed, called, contributed, unfunded, as of any instant. */
@NullMarked
package menara.investment.accounts;

import org.jspecify.annotations.NullMarked;
