package menara.billing.credits;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.billing.contracts.Contracts;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.NotFound;
import menara.values.ContractId;
import menara.values.Money;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/billing/credits")
class CreditEndpoint {

    private final Contracts contracts;
    private final Credits credits;

    CreditEndpoint(Contracts contracts, Credits credits) {
        this.contracts = contracts;
        this.credits = credits;
    }

    record CreditView(
            ContractId contract,
            YearMonth month,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal availabilityPercent,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal creditPercent,
            Money charges,
            Money amount,
            long revision,
            Instant at) {}

    record CreditsView(List<CreditView> items) {}

    @GetMapping
    CreditsView of(@RequestParam ContractId contract, AsOf asOf, Caller caller) {
        var signed = contracts
                .find(contract)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("contract", contract));
        var ids = signed.months().stream()
                .map(month -> new CreditId(contract, month))
                .toList();
        return new CreditsView(credits.find(ids, asOf.at()).stream()
                .map(decided -> new CreditView(
                        contract,
                        decided.credit().month(),
                        decided.assessed().availability().percent(),
                        decided.assessed().creditPercent(),
                        decided.assessed().charges(),
                        decided.assessed().amount(),
                        decided.assessed().revision(),
                        decided.at()))
                .toList());
    }
}
