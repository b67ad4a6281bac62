package menara.billing;

import static menara.platform.security.Role.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accrued is invoiced and unbilled together, whatever was issued and taken back. It is the middle of June. */
class AccruedAndInvoicedTest extends InvoicesOverHttp {

    @Test
    void what_was_invoiced_is_told_apart_from_what_is_left_to_bill() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        assertThat(may(contract)).isEqualTo("accrued 210.00 MAD, invoiced 0.00 MAD, unbilled 210.00 MAD");

        var before = now();
        passMinutes(1);
        var invoice = issued(contract, "2026-05").get("invoice").asString();
        assertThat(may(contract)).isEqualTo("accrued 210.00 MAD, invoiced 210.00 MAD, unbilled 0.00 MAD");
        assertThat(figures(as(FINANCE)
                        .get(accruedPath(contract, "2026-05") + "&asOf=" + before)
                        .expect(200)))
                .as("as it was known before the invoice")
                .isEqualTo("accrued 210.00 MAD, invoiced 0.00 MAD, unbilled 210.00 MAD");

        used(contract, "late", "2026-05-21T00:00:00Z", "2026-05-21T01:00:00Z");
        assertThat(may(contract)).isEqualTo("accrued 231.00 MAD, invoiced 210.00 MAD, unbilled 21.00 MAD");

        credit("approver", invoice, partial("concession", "10.00")).expect(200);
        assertThat(may(contract))
                .as("what the tenant was let off is neither earned nor asked for again")
                .isEqualTo("accrued 221.00 MAD, invoiced 200.00 MAD, unbilled 21.00 MAD");

        credit("approver", invoice, partial("correction", "50.00")).expect(200);
        assertThat(may(contract))
                .as("what should not have been asked for is asked for as the month says now")
                .isEqualTo("accrued 221.00 MAD, invoiced 150.00 MAD, unbilled 71.00 MAD");
    }

    @Test
    void a_cancelled_invoice_leaves_nothing_counted_twice() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var invoice = issued(contract, "2026-05").get("invoice").asString();
        credit("approver", invoice, WHOLE).expect(200);
        assertThat(may(contract)).isEqualTo("accrued 210.00 MAD, invoiced 0.00 MAD, unbilled 210.00 MAD");
        issued(contract, "2026-05");
        assertThat(may(contract)).isEqualTo("accrued 210.00 MAD, invoiced 210.00 MAD, unbilled 0.00 MAD");
    }

    @Test
    void a_contract_that_cannot_be_rated_hides_no_other_and_no_sum_hides_it() {
        var broken = signInDirham("atlas-ai");
        var sound = signInDirham("atlas-ai");
        var plans = running().bean(MongoDatabase.class).getCollection("price_plans");
        var plan = new Document(
                "_id",
                as(FINANCE)
                        .get("/api/billing/contracts/" + broken)
                        .expect(200)
                        .get("plan")
                        .asString());
        var lost = Objects.requireNonNull(plans.find(plan).first());
        plans.deleteOne(plan);
        try {
            var path = "/api/billing/projections/accrued?tenant=atlas-ai&month=2026-05";
            var answer = as(FINANCE).get(path).expect(200);
            assertThat(answer.get("notRated"))
                    .singleElement()
                    .satisfies(contract ->
                            assertThat(contract.get("contract").asString()).isEqualTo(broken));
            assertThat(answer.get("contracts")
                            .valueStream()
                            .map(contract -> contract.get("contract").asString()))
                    .contains(sound)
                    .doesNotContain(broken);
            assertThat(as(FINANCE).get(path, "text/csv").expectText(200).lines())
                    .filteredOn(line -> line.startsWith(broken))
                    .singleElement()
                    .asString()
                    .startsWith(broken + ",atlas-ai,2026-05,not-rated,,,,,,,\"#N/A\",MAD,");
            assertThat(as(FINANCE)
                            .get("/api/billing/projections/revenue-leakage?month=2026-05")
                            .expect(200)
                            .get("items")
                            .valueStream()
                            .filter(leak -> leak.get("contract").asString().equals(broken))
                            .map(leak -> leak.get("kind").asString()))
                    .containsExactly("CANNOT_BE_RATED");
        } finally {
            plans.insertOne(lost);
        }
    }

    @Test
    void the_rows_of_the_table_add_up_to_the_same_three_figures() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var invoice = issued(contract, "2026-05").get("invoice").asString();
        used(contract, "late", "2026-05-21T00:00:00Z", "2026-05-21T01:00:00Z");
        credit("approver", invoice, partial("concession", "10.00")).expect(200);

        var csv = as(FINANCE).get(accruedPath(contract, "2026-05"), "text/csv").expectText(200);
        var rows = csv.lines().skip(1).map(line -> List.of(line.split(",", -1))).toList();
        assertThat(sum(rows, "charge", "sla-credit", "concession")).isEqualByComparingTo("221.00");
        assertThat(sum(rows, "invoice", "credit-note")).isEqualByComparingTo("-200.00");
    }

    private static BigDecimal sum(List<List<String>> rows, String... kinds) {
        return rows.stream()
                .filter(row -> List.of(kinds).contains(row.get(3)))
                .map(row -> new BigDecimal(row.get(10)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String may(String contract) {
        return figures(accrued(contract, "2026-05"));
    }

    private static String figures(JsonNode answer) {
        var contract = answer.get("contracts").get(0);
        var totals = answer.get("totals").get(0);
        for (var figure : List.of("accrued", "invoiced", "unbilled")) {
            assertThat(totals.get(figure)).isEqualTo(contract.get(figure));
        }
        return "accrued %s, invoiced %s, unbilled %s"
                .formatted(
                        amount(contract.get("accrued")),
                        amount(contract.get("invoiced")),
                        amount(contract.get("unbilled")));
    }
}
