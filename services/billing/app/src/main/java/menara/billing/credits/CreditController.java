package menara.billing.credits;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.rating.Charges;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.Period;
import menara.values.refusals.NotFound;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Service credits of a contract over HTTP. */
@RestController
@RequestMapping("/api/billing/credits")
class CreditController {

    private final ContractReadModel contracts;
    private final CreditReadModel credits;
    private final Charges charges;

    CreditController(ContractReadModel contracts, CreditReadModel credits, Charges charges) {
        this.contracts = contracts;
        this.credits = credits;
        this.charges = charges;
    }

    /**
     * @param charges what the month's charges come to as of {@code asOf}, without what prepaid credit cost and paid for
     * @param amount what is credited of them
     * @param estimated whether the month was still running, so that charges and amount go on growing
     * @param revision grows with each decision
     * @param at when it was decided last
     */
    record CreditView(
            ContractId contract,
            YearMonth month,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal availabilityPercent,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal creditPercent,
            Money charges,
            Money amount,
            boolean estimated,
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
        var at = asOf.at();
        return new CreditsView(credits.find(ids, at).stream()
                .map(decided -> view(signed, decided, at))
                .toList());
    }

    private CreditView view(Contract.Signed contract, CreditReadModel.Decided decided, Instant asOf) {
        var month = decided.credit().month();
        var assessed = decided.assessed();
        var charged = charges.accrued(contract, month, asOf);
        return new CreditView(
                contract.contract(),
                month,
                assessed.availability().percent(),
                assessed.creditPercent(),
                charged.creditable(),
                charged.credit(assessed.creditPercent()),
                Period.month(month, contract.timeZone()).until().isAfter(asOf),
                assessed.revision(),
                decided.at());
    }
}
