package menara.capacity.site;

import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.capacity.site.SiteNotes.Note;

/**
 * How many of each kind an import added; all zero when everything was there already.
 *
 * @param notes remarks on nodes of the document, which are accepted nevertheless
 */
record SiteImported(
        int phases, int commissionings, int powerNodes, int halls, int racks, int connections, List<Note> notes) {

    static final SiteImported NOTHING = new SiteImported(0, 0, 0, 0, 0, 0, List.of());

    SiteImported {
        notes = List.copyOf(notes);
    }

    SiteImported plus(SiteImported more) {
        return new SiteImported(
                phases + more.phases,
                commissionings + more.commissionings,
                powerNodes + more.powerNodes,
                halls + more.halls,
                racks + more.racks,
                connections + more.connections,
                more.notes);
    }

    static SiteImported of(List<CampusEvent> events, List<Note> notes) {
        return new SiteImported(
                count(events, PhasePlanned.class),
                count(events, PowerCommissioned.class),
                events.stream()
                        .mapToInt(event -> event instanceof PowerNodesRegistered nodes
                                ? nodes.nodes().size()
                                : 0)
                        .sum(),
                count(events, HallRegistered.class),
                count(events, RackRegistered.class),
                events.stream()
                        .mapToInt(event -> event instanceof RacksConnected connected
                                ? connected.racks().size()
                                : 0)
                        .sum(),
                notes);
    }

    private static int count(List<CampusEvent> events, Class<? extends CampusEvent> kind) {
        return (int) events.stream().filter(kind::isInstance).count();
    }
}
