package menara.billing.fx;

/** A rate that is entered by hand. It is never edited: a wrong one is corrected by another entry for the same day. */
sealed interface ExchangeRate {

    record None() implements ExchangeRate {}

    record Proposed(ExchangeRateProposed entry) implements ExchangeRate {}

    record Approved(ExchangeRateProposed entry, String approvedBy) implements ExchangeRate {}

    static ExchangeRate evolve(ExchangeRate rate, ExchangeRateEvent event) {
        return switch (event) {
            case ExchangeRateProposed e -> new Proposed(e);
            case ExchangeRateApproved e ->
                rate instanceof Proposed(var entry) ? new Approved(entry, e.approvedBy()) : rate;
        };
    }
}
