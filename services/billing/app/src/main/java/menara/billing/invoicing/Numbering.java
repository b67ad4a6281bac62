package menara.billing.invoicing;

/** @param last the number given last in a series, 0 if none was */
record Numbering(long last) {

    static final Numbering NEW = new Numbering(0);

    long next() {
        return Math.addExact(last, 1);
    }

    static Numbering evolve(Numbering numbering, InvoiceEvent event) {
        return switch (event) {
            case InvoiceIssued e -> new Numbering(e.sequence());
            case CreditNoteIssued e -> new Numbering(e.sequence());
            case InvoiceApproved _, InvoiceVoided _ -> numbering;
        };
    }
}
