package menara.capacity.contracts;

import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.testkit.RunningService;

/** Tells a running service of contracts as billing's log would. */
public final class ContractTestAccess {

    private ContractTestAccess() {}

    public static void signed(RunningService service, ContractSigned event) {
        service.bean(KnownContractReadModel.class).on(event);
    }

    /** @param commitments who ends what rests on the contract */
    public static void changed(RunningService service, ContractTermChanged event, ContractCommitments commitments) {
        new WhenContractEndsEarlierThenCutCommitments(service.bean(KnownContractReadModel.class), commitments)
                .on(event);
    }
}
