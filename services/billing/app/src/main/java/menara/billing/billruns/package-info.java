/** The bill run: the drafts of a month for every contract. */
@NullMarked
package menara.billing.billruns;

import org.jspecify.annotations.NullMarked;
