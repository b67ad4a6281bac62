package menara.capacity.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.campus.Timeline;
import menara.capacity.inventory.InventoryDecisions;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import menara.values.Power;

/** Whether a document and the existing site together form a valid site. Each error names the field and the node. Pure. */
final class SiteValidation {

    static final int MAX_PHASES = 100;
    static final int MAX_POWER_NODES = 20_000;
    static final int MAX_HALLS = 1_000;
    static final int MAX_RACKS = 5_000;
    /** The most that 500 MW could feed; a document with more is wrong. */
    static final int MAX_GPUS = 247_896;

    private static final int MAX_NAME_LENGTH = 200;

    private final SiteDocument document;
    private final SiteIndex present;
    private final SiteIndex all;
    private final List<SiteError> errors = new ArrayList<>();

    private SiteValidation(SiteDocument document, SiteDocument present) {
        this.document = document;
        this.present = SiteIndex.of(present);
        this.all = SiteIndex.of(present, document);
    }

    /** @return the errors, in the order of the document; empty if it is valid */
    static List<SiteError> errors(SiteDocument document, SiteDocument present) {
        return new SiteValidation(document, present).errors();
    }

    private List<SiteError> errors() {
        if (counts()) {
            names();
            for (int i = 0; i < document.phases().size(); i++) {
                phase("phases[%d]".formatted(i), document.phases().get(i));
            }
            errors.addAll(PowerTreeValidation.errors(document.powerNodes(), all));
            for (int i = 0; i < document.halls().size(); i++) {
                hall("halls[%d]".formatted(i), document.halls().get(i));
            }
            var hallOfRow = new HashMap<NodeId, NodeId>();
            for (int i = 0; i < document.racks().size(); i++) {
                rack("racks[%d]".formatted(i), document.racks().get(i), hallOfRow);
            }
            gpus();
        }
        return List.copyOf(errors);
    }

    private boolean counts() {
        count("phases", document.phases().size(), MAX_PHASES);
        count("powerNodes", document.powerNodes().size(), MAX_POWER_NODES);
        count("halls", document.halls().size(), MAX_HALLS);
        count("racks", document.racks().size(), MAX_RACKS);
        return errors.isEmpty();
    }

    private void count(String field, int count, int most) {
        if (count > most) {
            error(field, "must be at most %,d, were %,d".formatted(most, count));
        }
    }

    /** All nodes share one space of names, because refusals and tags name nodes. */
    private void names() {
        var seen = new HashMap<String, String>();
        for (int i = 0; i < document.phases().size(); i++) {
            name(
                    "phases[%d].phase".formatted(i),
                    document.phases().get(i).phase().value(),
                    "phase",
                    seen);
        }
        for (int i = 0; i < document.powerNodes().size(); i++) {
            name(
                    "powerNodes[%d].node".formatted(i),
                    document.powerNodes().get(i).node().value(),
                    "power node",
                    seen);
        }
        for (int i = 0; i < document.halls().size(); i++) {
            name("halls[%d].hall".formatted(i), document.halls().get(i).hall().value(), "hall", seen);
        }
        for (int i = 0; i < document.racks().size(); i++) {
            name("racks[%d].rack".formatted(i), document.racks().get(i).rack().value(), "rack", seen);
        }
    }

    private void name(String field, String name, String kind, Map<String, String> seen) {
        var earlier = seen.putIfAbsent(name, field);
        if (earlier != null) {
            error(field, "%s is the name of %s already".formatted(name, earlier));
        }
        present.kindOf(name)
                .filter(known -> !known.equals(kind))
                .ifPresent(known -> error(field, "a %s of the site is named %s already".formatted(known, name)));
    }

    private void phase(String field, PhaseEntry phase) {
        if (phase.name().isBlank() || phase.name().length() > MAX_NAME_LENGTH) {
            error(field + ".name", "of phase %s must be 1 to %d characters".formatted(phase.phase(), MAX_NAME_LENGTH));
        }
        if (phase.planned().equals(Power.ZERO)) {
            error(field + ".planned", "of phase %s must be more than 0 W".formatted(phase.phase()));
        }
        var released = Power.ZERO;
        for (int i = 0; i < phase.commissionings().size(); i++) {
            var at = "%s.commissionings[%d]".formatted(field, i);
            released = released.plus(phase.commissionings().get(i).power());
            instant(at + ".at", phase.commissionings().get(i).at());
            if (released.compareTo(phase.planned()) > 0) {
                error(
                        at + ".power",
                        "makes %s of phase %s, planned for %s".formatted(released, phase.phase(), phase.planned()));
            }
        }
    }

    private void instant(String field, Instant instant) {
        if (!Timeline.holds(instant)) {
            error(
                    field,
                    "must be whole milliseconds between %s and %s, was %s"
                            .formatted(Timeline.FIRST, Timeline.LAST, instant));
        }
    }

    private void hall(String field, HallEntry hall) {
        var phase = all.phase(hall.phase());
        if (phase.isEmpty()) {
            error(field + ".phase", "hall %s is an orphan: there is no phase %s".formatted(hall.hall(), hall.phase()));
            return;
        }
        if (hall.limit().equals(Power.ZERO)) {
            error(field + ".limit", "of hall %s must be more than 0 W".formatted(hall.hall()));
        }
        var planned = phase.get().planned();
        if (hall.limit().compareTo(planned) > 0) {
            error(
                    field + ".limit",
                    "hall %s would carry %s, more than the %s its phase %s is planned for"
                            .formatted(hall.hall(), hall.limit(), planned, hall.phase()));
        }
    }

    private void rack(String field, RackEntry rack, Map<NodeId, NodeId> hallOfRow) {
        if (rack.gpus() < 0 || rack.gpus() > InventoryDecisions.MAX_GPUS_PER_RACK) {
            error(
                    field + ".gpus",
                    "of rack %s must be 0 to %d, was %d"
                            .formatted(rack.rack(), InventoryDecisions.MAX_GPUS_PER_RACK, rack.gpus()));
        }
        if (rack.model().isBlank() || rack.model().length() > InventoryDecisions.MAX_MODEL_LENGTH) {
            error(
                    field + ".model",
                    "of rack %s must be 1 to %d characters"
                            .formatted(rack.rack(), InventoryDecisions.MAX_MODEL_LENGTH));
        }
        if (rack.plannedPower().equals(Power.ZERO)) {
            error(field + ".plannedPower", "of rack %s must be more than 0 W".formatted(rack.rack()));
        }
        var hall = all.hall(rack.hall());
        if (hall.isEmpty()) {
            error(field + ".hall", "rack %s is an orphan: there is no hall %s".formatted(rack.rack(), rack.hall()));
        } else if (rack.plannedPower().compareTo(hall.get().limit()) > 0) {
            error(
                    field + ".plannedPower",
                    "rack %s would draw %s, more than the %s that hall %s carries"
                            .formatted(
                                    rack.rack(), rack.plannedPower(), hall.get().limit(), rack.hall()));
        }
        var row = rack.row();
        var other = row == null ? null : hallOfRow.putIfAbsent(row, rack.hall());
        if (other != null && !other.equals(rack.hall())) {
            error(field + ".row", "row %s of rack %s stands in hall %s".formatted(row, rack.rack(), other));
        }
        errors.addAll(ConnectionValidation.errors(field, rack, all));
    }

    private void gpus() {
        long gpus = all.racks().values().stream()
                .mapToLong(rack -> Math.max(0, rack.gpus()))
                .sum();
        if (gpus > MAX_GPUS) {
            error("racks", "have %,d GPUs together; 500 MW feed no more than %,d".formatted(gpus, MAX_GPUS));
        }
    }

    private void error(String field, String detail) {
        errors.add(new SiteError(field, detail));
    }
}
