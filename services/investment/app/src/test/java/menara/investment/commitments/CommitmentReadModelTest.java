package menara.investment.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import menara.investment.TestDatabase;
import menara.platform.documents.Paging;
import menara.values.Money;
import menara.values.PartnerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitmentReadModelTest {

    private final TestDatabase mongo = new TestDatabase();
    private final CommitmentReadModel documents = new CommitmentReadModel(mongo.database());

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void each_class_of_shares_is_a_row_and_a_replay_changes_nothing() {
        var a = made("A", "1000.10");
        var b = made("B", "0.01");
        for (int replay = 0; replay < 2; replay++) {
            documents.on(a);
            documents.on(b);
        }

        assertThat(documents.page(Paging.of(Optional.empty(), Optional.empty())).items())
                .containsExactly(CommitmentView.of(a), CommitmentView.of(b));
    }

    private static CommitmentMade made(String shareClass, String amount) {
        return new CommitmentMade(
                FundId.CAMPUS,
                new PartnerId("naver-cloud"),
                new ShareClass(shareClass),
                Money.of(amount, "MAD"),
                Instant.parse("2026-11-02T09:00:00Z"));
    }
}
