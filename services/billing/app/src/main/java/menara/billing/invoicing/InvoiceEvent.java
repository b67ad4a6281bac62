package menara.billing.invoicing;

/** What happens to an invoice. */
public sealed interface InvoiceEvent permits InvoiceApproved, InvoiceIssued, InvoiceVoided, CreditNoteIssued {}
