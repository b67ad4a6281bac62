package menara.billing.leaks;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.invoicing.Billed;
import org.springframework.stereotype.Component;

/** What accrued for a month and no invoice has asked for, once no draft looks back to that month by itself. */
@Component
class Unasked {

    private final Billed billed;

    Unasked(Billed billed) {
        this.billed = billed;
    }

    List<Leak> look(Contract.Signed contract, List<YearMonth> months, Instant asOf) {
        return months.stream()
                .filter(month -> billed.isLeftBehind(contract, month, asOf))
                .flatMap(month -> look(contract, month, asOf))
                .toList();
    }

    private Stream<Leak> look(Contract.Signed contract, YearMonth month, Instant asOf) {
        var figures = billed.of(contract, month, asOf);
        return figures.unasked().isZero()
                ? Stream.empty()
                : Stream.of(new Leak(
                        Leak.Kind.ACCRUED_NOT_INVOICED,
                        contract.contract(),
                        month,
                        "%s accrued, %s asked for; prepare a draft with since=%s"
                                .formatted(figures.accrued(), figures.asked(), month)));
    }
}
