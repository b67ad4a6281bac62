package menara.billing.clearance;

/** Number of an issued invoice or credit note, as it is printed. */
public record DocumentNumber(String value) {

    @Override
    public String toString() {
        return value;
    }
}
