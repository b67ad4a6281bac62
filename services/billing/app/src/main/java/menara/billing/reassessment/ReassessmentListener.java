package menara.billing.reassessment;

import menara.billing.contracts.Contract;

/** Is told that the charges of a contract may have changed and that its credits follow them by now. It may be told more often than that is so. */
@FunctionalInterface
public interface ReassessmentListener {

    void creditsReassessed(Contract.Signed contract);
}
