package menara.billing.clearance;

import java.util.List;

/** The tax authority, as far as billing needs it. */
interface ClearanceAuthority {

    /**
     * Submits a document. The same number and document give the same reference again.
     *
     * @param ubl the document, UBL 2.1
     * @return what the authority calls the submission
     * @throws ClearanceFailed if the authority cannot be reached, or does not accept the submission; the caller tries again
     */
    String submit(DocumentNumber number, String ubl);

    /** @throws ClearanceFailed if the authority cannot be reached; the caller tries again */
    Answer answer(String reference);

    /** What the authority says about a submission. */
    sealed interface Answer {

        record Pending() implements Answer {}

        record Cleared(String clearance) implements Answer {}

        record Rejected(List<String> reasons) implements Answer {}
    }
}
