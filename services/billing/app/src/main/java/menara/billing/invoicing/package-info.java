/** Invoices from approval by a second person on: issue, void and credit notes. */
@NullMarked
package menara.billing.invoicing;

import org.jspecify.annotations.NullMarked;
