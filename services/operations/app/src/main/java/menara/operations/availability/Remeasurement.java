package menara.operations.availability;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import menara.eventstore.spring.Commands;
import menara.operations.allocations.AllocationDocuments;
import menara.operations.allocations.AllocationHistory;
import menara.operations.allocations.AllocationHistory.Handover;
import menara.operations.incidents.IncidentHistory;
import menara.values.ContractId;
import menara.values.Period;
import org.springframework.stereotype.Component;

/**
 * Measures again what a new fact may have changed. The caller has stored its fact before: of all that store facts at the same
 * time, the last one then sees all of them, so that nothing stays unmeasured whatever order the logs are read in.
 */
@Component
class Remeasurement {

    private final Facts facts;
    private final AllocationDocuments allocations;
    private final Commands commands;

    Remeasurement(Facts facts, AllocationDocuments allocations, Commands commands) {
        this.facts = facts;
        this.allocations = allocations;
        this.commands = commands;
    }

    /** Every contract that ever held one of the incident's racks, in the months that any version of its outage touches. */
    void after(IncidentHistory incident) {
        var racks = incident.outages().stream()
                .flatMap(recorded -> recorded.outage().racks().stream())
                .distinct()
                .toList();
        var outages = incident.outages().stream()
                .map(recorded -> recorded.outage().period())
                .toList();
        allocations.holding(racks).stream()
                .map(AllocationHistory::contract)
                .distinct()
                // A fixed order, so that the log reads the same wherever this runs.
                .sorted(Comparator.comparing(ContractId::value))
                .forEach(contract -> measure(contract, touching(outages)));
    }

    /** The allocation's contract, in the months that any version of the allocation touches. */
    void after(AllocationHistory allocation) {
        var periods = allocation.handovers().stream().map(Handover::period).toList();
        measure(allocation.contract(), touching(periods));
    }

    /** All months of a contract that was not known before. */
    void after(ContractId contract) {
        measure(contract, _ -> true);
    }

    private static Predicate<Period> touching(List<Period> periods) {
        return month -> periods.stream().anyMatch(month::overlaps);
    }

    private void measure(ContractId contract, Predicate<Period> concerned) {
        facts.of(contract).ifPresent(known -> {
            long knowledge = known.knowledge();
            var newest = known.newest();
            known.monthsTouched().stream()
                    .filter(month -> concerned.test(known.period(month)))
                    .forEach(month -> commands.send(new MeasureAvailability(
                            new ContractMonth(contract, month),
                            known.terms().tenant(),
                            known.availability(month, Instant.MAX),
                            knowledge,
                            newest)));
        });
    }
}
