package menara.billing.drafting;

/**
 * The numbers of a seller's invoices or credit notes of a year, which follow each other without a gap. Its events are the boundary of the
 * decision that takes the next one.
 *
 * @param seller who issues
 * @param year calendar year of issue
 * @param kind what is numbered
 */
public record NumberSeries(String seller, int year, Kind kind) {

    public enum Kind {
        INVOICE("INV"),
        CREDIT_NOTE("CN");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** {@code MNR-2026-INV-000042} */
    public String number(long sequence) {
        return "%s-%d-%s-%06d".formatted(seller, year, kind.prefix, sequence);
    }

    @Override
    public String toString() {
        return seller + "|" + year + "|" + kind;
    }
}
