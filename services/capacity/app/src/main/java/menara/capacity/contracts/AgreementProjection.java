package menara.capacity.contracts;

import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.eventstore.spring.Projection;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;

/** Keeps what is known of contracts. */
@Projection(value = "capacity-contracts", of = "billing", by = "contract")
class AgreementProjection {

    private final AgreementDocuments documents;

    AgreementProjection(AgreementDocuments documents) {
        this.documents = documents;
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        documents.apply(event);
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        documents.apply(event);
    }
}
