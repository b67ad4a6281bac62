package menara.billing.contracts;

/** What happens to a contract. */
public sealed interface ContractEvent permits ContractSigned, ContractAmended, BuyerChanged, ContractTermChanged {}
