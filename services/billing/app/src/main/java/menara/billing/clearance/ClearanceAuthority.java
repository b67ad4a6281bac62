package menara.billing.clearance;

import java.util.List;

/** The tax authority, as far as we need it. */
interface ClearanceAuthority {

    /**
     * Hands a document in. The same number and document give the same reference again.
     *
     * @param ubl the document, UBL 2.1
     * @return what the authority calls the submission
     * @throws ClearanceFailed if it cannot be asked, or does not take the document in; to be tried again
     */
    String submit(DocumentNumber number, String ubl);

    /** @throws ClearanceFailed if it cannot be asked; to be tried again */
    Answer answer(String reference);

    /** What the authority says about a submission. */
    sealed interface Answer {

        record Pending() implements Answer {}

        record Cleared(String clearance) implements Answer {}

        record Rejected(List<String> reasons) implements Answer {}
    }
}
