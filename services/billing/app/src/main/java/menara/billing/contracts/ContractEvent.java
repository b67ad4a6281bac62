package menara.billing.contracts;

/** What happens to a contract. */
public sealed interface ContractEvent
        permits ContractConcluded, ContractAmended, BuyerChanged, ContractRenewed, ContractTerminated {}
