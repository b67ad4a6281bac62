package menara.billing.einvoicing;

/** What a printed invoice says in a language. */
record InvoiceWords(
        String invoice,
        String creditNote,
        String credits,
        String date,
        String due,
        String period,
        String billedTo,
        String description,
        String quantity,
        String unitPrice,
        String amount,
        String net,
        String vat,
        String total,
        String inDirham,
        String rate) {

    static final InvoiceWords FRENCH = new InvoiceWords(
            "Facture",
            "Avoir",
            "sur la facture",
            "Date",
            "Échéance",
            "Période",
            "Facturé à",
            "Désignation",
            "Quantité",
            "Prix unitaire HT",
            "Montant HT",
            "Total HT",
            "TVA",
            "Total TTC",
            "Contre-valeur en dirhams",
            "Cours");

    static final InvoiceWords ENGLISH = new InvoiceWords(
            "Invoice",
            "Credit note",
            "for invoice",
            "Date",
            "Due",
            "Period",
            "Billed to",
            "Description",
            "Quantity",
            "Unit price",
            "Amount",
            "Total without VAT",
            "VAT",
            "Total with VAT",
            "In dirham",
            "Rate");
}
