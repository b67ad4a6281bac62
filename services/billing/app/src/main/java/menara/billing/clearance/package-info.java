/** Issued invoices and credit notes are submitted to the tax authority, if there is one to be asked, and cleared or rejected by it. */
@NullMarked
package menara.billing.clearance;

import org.jspecify.annotations.NullMarked;
