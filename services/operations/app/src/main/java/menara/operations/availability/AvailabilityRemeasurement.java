package menara.operations.availability;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import menara.eventstore.spring.Commands;
import menara.operations.allocations.AllocationHistory;
import menara.operations.allocations.AllocationReadModel;
import menara.operations.allocations.Remeasurement;
import menara.operations.availability.AvailabilityCommands.MeasureAvailability;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import org.springframework.stereotype.Component;

/** Reads all facts of a contract and measures the months that a new fact may have changed. */
@Component
class AvailabilityRemeasurement implements Remeasurement {

    private final Facts facts;
    private final AllocationReadModel allocations;
    private final Commands commands;

    AvailabilityRemeasurement(Facts facts, AllocationReadModel allocations, Commands commands) {
        this.facts = facts;
        this.allocations = allocations;
        this.commands = commands;
    }

    @Override
    public void ofRacks(Collection<RackId> racks, List<Period> periods) {
        allocations.holding(racks).stream()
                .map(AllocationHistory::contract)
                .distinct()
                // A fixed order, so that every run writes the same log.
                .sorted(Comparator.comparing(ContractId::value))
                .forEach(contract -> ofContract(contract, periods));
    }

    @Override
    public void ofContract(ContractId contract, List<Period> periods) {
        measure(contract, month -> periods.stream().anyMatch(month::overlaps));
    }

    @Override
    public void ofContract(ContractId contract) {
        measure(contract, _ -> true);
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
