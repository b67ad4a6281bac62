package menara.capacity.site;

import java.time.Clock;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Timeline;
import menara.capacity.site.SiteCommands.ImportSite;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.platform.web.Idempotent;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole site over HTTP, as JSON or CSV. */
@RestController
@RequestMapping("/api/capacity/site")
class SiteController {

    private static final String CSV = "text/csv";

    private final Commands commands;
    private final CurrentStates current;
    private final EventSourcedState<Boundary, Campus, CampusEvent> layout;
    private final Clock clock;

    SiteController(
            Commands commands,
            CurrentStates current,
            EventSourcedState<Boundary, Campus, CampusEvent> layout,
            Clock clock) {
        this.commands = commands;
        this.current = current;
        this.layout = layout;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Idempotent
    SiteImported add(@RequestBody SiteDocument document) {
        var added = SiteImported.NOTHING;
        boolean complete = false;
        // Each part is decided on the whole document, so an interrupted import continues when it is repeated.
        while (!complete) {
            var stored = commands.send(new ImportSite(document, Timeline.now(clock)), SiteCommandHandler.Stored.class);
            added = added.plus(stored.added());
            complete = stored.complete();
        }
        return added;
    }

    @PostMapping(consumes = CSV)
    @Idempotent
    SiteImported addCsv(@RequestBody String csv) {
        return add(SiteCsv.read(csv));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    SiteDocument site() {
        return SiteDocument.of(current.get(layout, new Boundary.Layout()));
    }

    @GetMapping(produces = CSV)
    String siteAsCsv() {
        return SiteCsv.write(site());
    }

    /** A campus of 500 MW to begin with; import it as it is or changed. */
    @GetMapping(path = "/reference", produces = MediaType.APPLICATION_JSON_VALUE)
    SiteDocument reference() {
        return ReferenceCampus.document();
    }

    @GetMapping(path = "/reference", produces = CSV)
    String referenceAsCsv() {
        return SiteCsv.write(reference());
    }
}
