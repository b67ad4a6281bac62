package menara.billing.invoicing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceLine;
import menara.billing.drafting.NoteId;
import menara.values.Money;

/**
 * What a tenant is asked to pay for a month, and how far it is after its draft: approved, issued, credited, or voided. It is never edited:
 * what was wrong is voided before issue and credited after.
 */
sealed interface Invoice {

    /** No approved invoice; there may be a draft. */
    record None() implements Invoice {}

    record Approved(InvoiceContent content, String preparedBy, String approvedBy) implements Invoice {}

    /**
     * @param content with its dirham at the rate of the issue
     * @param credited what credit notes have taken back so far, by line, in the order of the lines
     * @param notes the credit notes that were issued
     */
    record Issued(
            InvoiceContent content,
            String preparedBy,
            String approvedBy,
            String number,
            LocalDate issuedOn,
            List<Money> credited,
            Set<NoteId> notes)
            implements Invoice {

        public Issued {
            credited = List.copyOf(credited);
            notes = Set.copyOf(notes);
        }

        static Issued of(Approved approved, InvoiceIssued event) {
            var frozen = approved.content();
            var nothing = Money.zero(frozen.net().currency());
            return new Issued(
                    event.rate() == null ? frozen : frozen.at(event.rate()),
                    approved.preparedBy(),
                    approved.approvedBy(),
                    event.number(),
                    event.issuedOn(),
                    frozen.lines().stream().map(_ -> nothing).toList(),
                    Set.of());
        }

        Issued creditedBy(NoteId note, InvoiceContent taken) {
            var sums = new ArrayList<>(credited);
            for (var line : taken.lines()) {
                sums.set(line.number() - 1, sums.get(line.number() - 1).minus(line.net()));
            }
            var all = new HashSet<>(notes);
            all.add(note);
            return new Issued(content, preparedBy, approvedBy, number, issuedOn, sums, all);
        }

        Money creditedOf(InvoiceLine line) {
            return credited.get(line.number() - 1);
        }

        Money creditedNet() {
            return Money.sum(credited, content.net().currency());
        }

        /** Whether notes took back all it asked for, and so all its lines. */
        boolean isCredited() {
            return !notes.isEmpty() && creditedNet().equals(content.net());
        }
    }

    record Voided() implements Invoice {}
}
