package menara.billing.invoicing;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import menara.values.Money;

/** An invoice's life after its draft. It is never edited: what was wrong is voided before issue and credited after. */
sealed interface Invoice {

    /** A draft at most. */
    record None() implements Invoice {}

    record Approved(InvoiceContent content, String preparedBy) implements Invoice {}

    /**
     * @param credited what credit notes have taken back so far, by line, in the order of the lines
     */
    record Issued(InvoiceContent content, String preparedBy, String number, LocalDate issuedOn, List<Money> credited)
            implements Invoice {

        static Issued of(Approved approved, String number, LocalDate issuedOn) {
            var nothing = Money.zero(approved.content().net().currency());
            return new Issued(
                    approved.content(),
                    approved.preparedBy(),
                    number,
                    issuedOn,
                    approved.content().lines().stream().map(_ -> nothing).toList());
        }

        Issued creditedBy(InvoiceContent note) {
            var sums = new java.util.ArrayList<>(credited);
            for (var line : note.lines()) {
                sums.set(line.number() - 1, sums.get(line.number() - 1).minus(line.net()));
            }
            return new Issued(content, preparedBy, number, issuedOn, List.copyOf(sums));
        }

        /** Whether nothing of it is left. */
        boolean isCredited() {
            return Stream.iterate(0, i -> i + 1)
                    .limit(credited.size())
                    .allMatch(i -> credited.get(i).equals(content.lines().get(i).net()));
        }
    }

    record Voided() implements Invoice {}
}
