package menara.billing.leakage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import menara.billing.contracts.Contract;
import menara.billing.racks.AllocationReadModel;
import menara.values.ContractId;
import menara.values.Period;
import org.springframework.stereotype.Component;

/** Finds leaks in what capacity reports: racks held or handed over, whether or not billing knows their contract. */
@Component
class HandOverLeakage {

    private final ReservationReadModel reservations;
    private final AllocationReadModel allocations;

    HandOverLeakage(ReservationReadModel reservations, AllocationReadModel allocations) {
        this.reservations = reservations;
        this.allocations = allocations;
    }

    /** @param month of each contract's zone, and of UTC where there is no contract */
    List<Leakage> of(Map<ContractId, Contract.Signed> signed, YearMonth month, Instant asOf) {
        var leaks = new ArrayList<Leakage>();
        for (var reservation : reservations.waiting(asOf)) {
            reservation
                    .waiting()
                    .intersection(Period.month(month, zone(signed, reservation.contract())))
                    .ifPresent(part -> leaks.add(new Leakage(
                            Leakage.Kind.CONFIRMED_NOT_HANDED_OVER,
                            reservation.contract(),
                            month,
                            "%d racks of reservation %s held and not handed over from %s until %s"
                                    .formatted(
                                            reservation.racks(),
                                            reservation.reservation(),
                                            part.from(),
                                            reservation.over() || part.until().isBefore(asOf)
                                                    ? part.until()
                                                    : "now"))));
        }
        for (var contract : allocations.contracts()) {
            if (!signed.containsKey(contract)) {
                withoutContract(contract, month, asOf, leaks);
            }
        }
        return leaks;
    }

    private void withoutContract(ContractId contract, YearMonth month, Instant asOf, List<Leakage> leaks) {
        var lived = Period.month(month, ZoneOffset.UTC);
        for (var time : allocations.of(contract, asOf)) {
            if (time.period().overlaps(lived) && time.period().from().isBefore(asOf)) {
                leaks.add(new Leakage(
                        Leakage.Kind.HANDED_OVER_WITHOUT_CONTRACT,
                        contract,
                        month,
                        "%d racks handed over for %s; there is no signed contract of this id"
                                .formatted(time.racks(), time.period())));
            }
        }
    }

    private static ZoneId zone(Map<ContractId, Contract.Signed> signed, ContractId contract) {
        var known = signed.get(contract);
        return known == null ? ZoneOffset.UTC : known.timeZone();
    }
}
