package menara.operations.availability;

import java.time.YearMonth;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.values.ContractId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Availability over HTTP. */
@RestController
class AvailabilityController {

    /** Months outside this range are typing errors, and time zones have no rules for them. */
    private static final YearMonth FIRST_MONTH = YearMonth.of(2000, 1);

    private static final YearMonth LAST_MONTH = YearMonth.of(2199, 12);

    private final Facts facts;

    AvailabilityController(Facts facts) {
        this.facts = facts;
    }

    @GetMapping("/api/operations/availability")
    AvailabilityView availability(
            @RequestParam ContractId contract, @RequestParam YearMonth month, AsOf asOf, Caller caller) {
        if (month.isBefore(FIRST_MONTH) || month.isAfter(LAST_MONTH)) {
            throw new InvalidField("month", "must be from %s to %s".formatted(FIRST_MONTH, LAST_MONTH));
        }
        var knownAt = asOf.at();
        return facts.of(contract)
                .filter(known -> caller.maySee(known.terms().tenant()))
                .filter(known -> !known.terms().signedAt().isAfter(knownAt))
                .map(known -> AvailabilityView.of(known, month, knownAt))
                .orElseThrow(() -> new NotFound("contract", contract));
    }
}
