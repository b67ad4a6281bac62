package menara.billing.clearance;

import java.util.List;

/** The tax authority's consent to an issued invoice or credit note, and how far it is: submitted, cleared or rejected. */
sealed interface Clearance {

    record None() implements Clearance {}

    record Submitted(String reference) implements Clearance {}

    record Cleared(String clearance) implements Clearance {}

    record Rejected(List<String> reasons) implements Clearance {}

    default Clearance evolve(ClearanceEvent event) {
        return switch (event) {
            case DocumentSubmitted e -> new Submitted(e.reference());
            case DocumentCleared e -> new Cleared(e.clearance());
            case DocumentRejected e -> new Rejected(e.reasons());
        };
    }
}
