/** Submits issued invoices and credit notes to the tax authority, if one is configured, and records whether it cleared or rejected them. */
@NullMarked
package menara.billing.clearance;

import org.jspecify.annotations.NullMarked;
