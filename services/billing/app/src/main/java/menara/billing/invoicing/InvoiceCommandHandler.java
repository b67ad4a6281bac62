package menara.billing.invoicing;

import menara.billing.drafting.AskedFor;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.NumberSeries;
import menara.billing.invoicing.InvoiceCommands.ApproveInvoice;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.billing.invoicing.InvoiceCommands.IssueInvoice;
import menara.billing.invoicing.InvoiceCommands.VoidInvoice;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.values.ContractId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources an invoice, what its contract's invoices asked for and the numbers of a series, decides and appends. */
@CommandShell
class InvoiceCommandHandler {

    @CommandHandler
    void handle(
            ApproveInvoice command,
            @InjectEntity(idProperty = "invoice") Invoice invoice,
            @InjectEntity(idProperty = "contract") AskedFor asked,
            EventAppender events) {
        events.append(InvoiceDecisions.decide(command, invoice, asked));
    }

    @CommandHandler
    void handle(
            IssueInvoice command,
            @InjectEntity(idProperty = "invoice") Invoice invoice,
            @InjectEntity(idProperty = "series") Numbering numbering,
            EventAppender events) {
        events.append(InvoiceDecisions.decide(command, invoice, numbering));
    }

    @CommandHandler
    void handle(VoidInvoice command, @InjectEntity(idProperty = "invoice") Invoice invoice, EventAppender events) {
        events.append(InvoiceDecisions.decide(command, invoice));
    }

    @CommandHandler
    void handle(
            CreditInvoice command,
            @InjectEntity(idProperty = "invoice") Invoice invoice,
            @InjectEntity(idProperty = "contract") AskedFor asked,
            @InjectEntity(idProperty = "series") Numbering numbering,
            EventAppender events) {
        events.append(InvoiceDecisions.decide(command, invoice, asked, numbering));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<InvoiceId, Invoice, InvoiceEvent> invoiceState() {
            return EventSourcedState.taggedWith(
                    "invoice",
                    InvoiceId.class,
                    Invoice.class,
                    InvoiceEvent.class,
                    new Invoice.None(),
                    InvoiceDecisions::evolve);
        }

        @Bean
        EventSourcedState<ContractId, AskedFor, InvoiceEvent> askedForState() {
            return EventSourcedState.taggedWith(
                    "invoices-of",
                    ContractId.class,
                    AskedFor.class,
                    InvoiceEvent.class,
                    AskedFor.NOTHING,
                    InvoiceDecisions::evolveAskedFor);
        }

        @Bean
        EventSourcedState<NumberSeries, Numbering, InvoiceEvent> numberingState() {
            return EventSourcedState.taggedWith(
                    "series",
                    NumberSeries.class,
                    Numbering.class,
                    InvoiceEvent.class,
                    Numbering.NEW,
                    Numbering::evolve);
        }
    }
}
