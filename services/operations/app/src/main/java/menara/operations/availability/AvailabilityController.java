package menara.operations.availability;

import java.time.YearMonth;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.values.ContractId;
import menara.values.refusals.NotFound;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Availability over HTTP. */
@RestController
class AvailabilityController {

    private final Facts facts;

    AvailabilityController(Facts facts) {
        this.facts = facts;
    }

    @GetMapping("/api/operations/availability")
    AvailabilityView availability(
            @RequestParam ContractId contract, @RequestParam YearMonth month, AsOf asOf, Caller caller) {
        var knownAt = asOf.at();
        return facts.of(contract)
                .filter(known -> caller.maySee(known.terms().tenant()))
                .filter(known -> !known.terms().signedAt().isAfter(knownAt))
                .map(known -> AvailabilityView.of(known, month, knownAt))
                .orElseThrow(() -> new NotFound("contract", contract));
    }
}
