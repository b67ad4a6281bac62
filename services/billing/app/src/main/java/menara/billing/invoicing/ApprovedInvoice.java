package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.NoteKind;

/**
 * An invoice from its approval on, as documents show it.
 *
 * @param content as it was approved, in dirham at the rate of the day of issue once there is one
 * @param preparedBy subject of the person who prepared the draft
 * @param approvedBy subject of the person who approved
 * @param state what became of it since
 */
public record ApprovedInvoice(
        InvoiceId invoice,
        InvoiceContent content,
        String preparedBy,
        String approvedBy,
        Instant approvedAt,
        State state) {

    /** What became of an invoice after its approval. */
    public sealed interface State {

        /** It has no number yet. */
        record Unissued() implements State {}

        /**
         * @param number as printed
         * @param dueOn date by which it is to be paid
         * @param notes credit notes, in order
         */
        record Issued(String number, LocalDate issuedOn, Instant issuedAt, LocalDate dueOn, List<Note> notes)
                implements State {

            public Issued {
                notes = List.copyOf(notes);
            }

            /** Whether all of it was taken back. */
            boolean isCredited() {
                return notes.stream().anyMatch(Note::whole);
            }
        }

        record Voided(Instant voidedAt) implements State {}
    }

    /**
     * @param number as printed
     * @param kind whether it is a correction or a concession
     * @param whole whether it takes back all that was left of the invoice
     * @param at when it was issued
     */
    public record Note(
            String number,
            LocalDate issuedOn,
            NoteKind kind,
            boolean whole,
            String reason,
            InvoiceContent content,
            Instant at) {}

    /** Empty before issue, and if it was voided. */
    public Optional<State.Issued> issued() {
        return state instanceof State.Issued issued ? Optional.of(issued) : Optional.empty();
    }

    /** Its credit notes, in order; none before issue. */
    public List<Note> notes() {
        return issued().map(State.Issued::notes).orElse(List.of());
    }

    public boolean isVoid() {
        return state instanceof State.Voided;
    }

    /** Whether its month can be invoiced anew. */
    boolean isDead() {
        return switch (state) {
            case State.Unissued _ -> false;
            case State.Issued issued ->
                issued.notes().stream().anyMatch(note -> note.whole() && note.kind() == NoteKind.CORRECTION);
            case State.Voided _ -> true;
        };
    }

    boolean isVoidOn(Instant asOf) {
        return state instanceof State.Voided(var voidedAt) && !voidedAt.isAfter(asOf);
    }
}
