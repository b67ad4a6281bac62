/** What a tenant receives: the invoice as UBL 2.1, checked by EN 16931's published rules, and as PDF in French and English. */
@NullMarked
package menara.billing.einvoicing;

import org.jspecify.annotations.NullMarked;
