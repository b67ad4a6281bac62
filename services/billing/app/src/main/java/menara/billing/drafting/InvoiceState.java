package menara.billing.drafting;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of an invoice, by the name that callers use. */
public enum InvoiceState {
    DRAFT,
    APPROVED,
    ISSUED,
    CREDITED,
    VOID;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if there is no state of this name. */
    public static Optional<InvoiceState> of(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }

    /** {@code draft, approved, …} */
    public static String names() {
        return Stream.of(values()).map(InvoiceState::text).collect(Collectors.joining(", "));
    }
}
