package menara.billing.reassessment;

import menara.billing.contracts.Contract;

/** Called when the charges of a contract may have changed and its credits are up to date. It may be called although nothing changed. */
@FunctionalInterface
public interface ReassessmentListener {

    void creditsReassessed(Contract.Signed contract);
}
