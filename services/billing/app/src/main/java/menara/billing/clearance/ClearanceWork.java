package menara.billing.clearance;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import menara.billing.clearance.ClearanceCommands.RecordAnswer;
import menara.billing.clearance.ClearanceCommands.RecordSubmission;
import menara.billing.clearance.ClearanceConfiguration.Settings;
import menara.billing.drafting.InvoiceId;
import menara.billing.einvoicing.EInvoices;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueDates;
import menara.eventstore.spring.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Submits each document once, and asks until it is answered. An authority that cannot be reached is asked again after the interval; a
 * document whose submission was lost is submitted again under its number.
 */
@Component
class ClearanceWork implements DueWork {

    private static final Logger LOG = LoggerFactory.getLogger(ClearanceWork.class);
    static final String KIND = "clearance";

    private final Settings settings;
    private final EInvoices documents;
    private final Clearances clearances;
    private final Commands commands;
    private final DueDates dueDates;
    private final Clock clock;

    ClearanceWork(
            Settings settings,
            EInvoices documents,
            Clearances clearances,
            Commands commands,
            DueDates dueDates,
            Clock clock) {
        this.settings = settings;
        this.documents = documents;
        this.clearances = clearances;
        this.commands = commands;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(String id, Instant dueAt) {
        int slash = id.indexOf('/');
        var invoice = new InvoiceId(UUID.fromString(id.substring(0, slash)));
        var number = new DocumentNumber(id.substring(slash + 1));
        try {
            settings.authority().ifPresent(authority -> step(authority, invoice, number));
        } catch (ClearanceFailed e) {
            LOG.warn("{} is not cleared yet, asking again in {}: {}", number, settings.interval(), e.getMessage());
        }
        var state = clearances.of(number);
        if (settings.isOn() && (state instanceof Clearance.None || state instanceof Clearance.Submitted)) {
            dueDates.schedule(KIND, id, clock.instant().plus(settings.interval()));
        }
    }

    private void step(ClearanceAuthority authority, InvoiceId invoice, DocumentNumber number) {
        switch (clearances.of(number)) {
            case Clearance.None _ ->
                // Its document is a projection and may come a moment later.
                documents.document(invoice, number.value()).ifPresent(ubl -> {
                    var reference = authority.submit(number, ubl);
                    commands.send(new RecordSubmission(number, invoice, reference, clock.instant()));
                });
            case Clearance.Submitted(var reference) ->
                commands.send(new RecordAnswer(number, invoice, authority.answer(reference), clock.instant()));
            case Clearance.Cleared _, Clearance.Rejected _ -> {} // answered
        }
    }
}
