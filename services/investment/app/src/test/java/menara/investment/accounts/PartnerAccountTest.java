package menara.investment.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.investment.accounts.Entry.Called;
import menara.investment.accounts.Entry.Committed;
import menara.investment.accounts.Entry.Contributed;
import menara.investment.calls.ContributionId;
import menara.investment.commitments.ShareClass;
import menara.values.CapitalCallId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.junit.jupiter.api.Test;

class PartnerAccountTest {

    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final Instant COMMITTED_AT = Instant.parse("2026-11-02T09:00:00Z");
    private static final Instant CALLED_AT = Instant.parse("2026-11-03T09:00:00Z");
    private static final Instant PAID_AT = Instant.parse("2026-11-20T09:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2026, 11, 17);
    private static final Ledger LEDGER = new Ledger(
            List.of(
                    new Committed(NAVER, new ShareClass("A"), mad("800"), COMMITTED_AT),
                    new Committed(NAVER, new ShareClass("B"), mad("200"), COMMITTED_AT)),
            List.of(new Called(NAVER, CALL, new PhaseId("phase-1"), "=Racks", DUE, mad("100"), CALLED_AT)),
            List.of(new Contributed(
                    NAVER, new ContributionId(new UUID(7, 2)), CALL, mad("40"), LocalDate.of(2026, 11, 19), PAID_AT)));

    @Test
    void what_is_called_is_no_longer_unfunded_and_what_is_paid_no_longer_outstanding() {
        var account = PartnerAccount.of(NAVER, PAID_AT, LEDGER);

        assertThat(account.commitment()).isEqualTo(mad("1000"));
        assertThat(account.called()).isEqualTo(mad("100"));
        assertThat(account.contributed()).isEqualTo(mad("40"));
        assertThat(account.outstanding()).isEqualTo(mad("60"));
        assertThat(account.unfunded()).isEqualTo(mad("900"));
        assertThat(account.calls())
                .singleElement()
                .satisfies(share -> assertThat(share.outstanding()).isEqualTo(mad("60")));
    }

    @Test
    void an_instant_earlier_nothing_of_the_payment_was_known() {
        var before = PartnerAccount.of(NAVER, PAID_AT, LEDGER.knownAt(PAID_AT.minusNanos(1)));

        assertThat(before.contributed()).isEqualTo(mad("0"));
        assertThat(before.called()).isEqualTo(mad("100"));
        assertThat(PartnerAccount.of(NAVER, PAID_AT, LEDGER.knownAt(COMMITTED_AT))
                        .called())
                .isEqualTo(mad("0"));
    }

    @Test
    void the_csv_rolls_forward_to_the_account_and_runs_no_formula() {
        assertThat(PartnerAccount.csv(LEDGER)).isEqualTo("""
                        recorded_at,effective_on,entry,reference,purpose,amount,currency,commitment,called,contributed,unfunded\r
                        2026-11-02T09:00:00Z,,commitment,A,,800.00,MAD,800.00,0.00,0.00,800.00\r
                        2026-11-02T09:00:00Z,,commitment,B,,200.00,MAD,1000.00,0.00,0.00,1000.00\r
                        2026-11-03T09:00:00Z,2026-11-17,call,00000000-0000-0007-0000-000000000001,'=Racks,100.00,MAD,1000.00,100.00,0.00,900.00\r
                        2026-11-20T09:00:00Z,2026-11-19,contribution,00000000-0000-0007-0000-000000000001,,40.00,MAD,1000.00,100.00,40.00,900.00\r
                        """);
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
