/** From rated months to invoices: drafts, the bill run, approval by a second person, issue, void and credit notes. */
@NullMarked
package menara.billing.invoicing;

import org.jspecify.annotations.NullMarked;
