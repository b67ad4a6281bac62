package menara.capacity.site;

import menara.capacity.campus.Campus;
import menara.capacity.site.SiteCommands.ImportSite;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the campus, decides, appends. */
@CommandShell
class SiteCommandHandler {

    /**
     * @param added what was stored
     * @param complete whether the whole document is stored
     */
    record Stored(SiteImported added, boolean complete) {}

    @CommandHandler
    Stored handle(ImportSite command, @InjectEntity(idProperty = "boundary") Campus campus, EventAppender appender) {
        var events = SiteDecisions.decide(command, campus);
        var stored = events.subList(0, SiteDecisions.storedAtOnce(events));
        appender.append(stored);
        return new Stored(
                SiteImported.of(stored, SiteNotes.of(command.document(), SiteDocument.of(campus))),
                stored.size() == events.size());
    }
}
