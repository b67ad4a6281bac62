package menara.billing.leakage;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.billing.contracts.Contract;
import org.springframework.stereotype.Component;

/** What accrued for a month and no invoice has asked for, once no regular draft will. */
@Component
class UnbilledMonths {

    private final Billed billed;

    UnbilledMonths(Billed billed) {
        this.billed = billed;
    }

    List<Leakage> look(Contract.Signed contract, List<YearMonth> months, Instant asOf) {
        return billed.leftBehind(contract, months, asOf).stream()
                .map(left -> new Leakage(
                        Leakage.Kind.ACCRUED_NOT_INVOICED,
                        contract.contract(),
                        left.month(),
                        "%s accrued, %s asked for; prepare a draft with %s=%s"
                                .formatted(
                                        left.figures().accrued(),
                                        left.figures().asked(),
                                        left.invoiced() ? "since" : "month",
                                        left.month())))
                .toList();
    }
}
