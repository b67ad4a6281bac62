package menara.billing.clearance;

/** What becomes of an issued document at the tax authority. */
public sealed interface ClearanceEvent permits DocumentSubmitted, DocumentCleared, DocumentRejected {}
