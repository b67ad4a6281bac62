/** What became of an event of usage: from its report to the lines of invoices. */
@NullMarked
package menara.billing.audittrail;

import org.jspecify.annotations.NullMarked;
