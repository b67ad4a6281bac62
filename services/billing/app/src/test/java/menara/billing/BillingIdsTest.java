package menara.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.IdMatrix;
import menara.testkit.RunningService;
import menara.testkit.Seeds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** Whose things may stand in a call of billing; and two tenants at random, of whom neither reads anything of the other. */
class BillingIdsTest extends IdMatrix {

    private static final String NOBODYS = "019b7c3e-ffff-7000-8000-00000000ffff";
    private static final InvoicesOverHttp BILLING = new InvoicesOverHttp() {};

    /** Hours of either tenant: no sum of the one's, and no tax on it, is the other's. */
    private static final Map<String, List<Integer>> HOURS =
            Map.of("amber-lab", List.of(7, 11, 13), "basalt-lab", List.of(17, 19, 23));

    private static final List<String> MONTHS = List.of("2026-03", "2026-04", "2026-05");

    /** What a tenant has, as the house was told. */
    private record Owned(
            String tenant, List<String> contracts, List<String> invoices, List<String> events, Set<String> figures) {

        Owned(String tenant) {
            this(tenant, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        }

        RunningService.Answer get(String path) {
            var service = InvoicesOverHttp.running();
            return service.get(path, service.tokens().memberOf(tenant, Role.TENANT));
        }

        Stream<String> ids() {
            return Stream.of(contracts, invoices, events).flatMap(List::stream);
        }
    }

    private static final Owned AMBER = new Owned("amber-lab");
    private static final Owned BASALT = new Owned("basalt-lab");

    @BeforeAll
    static void live() {
        long seed = Seeds.of(BillingIdsTest.class);
        var random = new SplittableRandom(seed);
        for (var tenant : List.of(AMBER, BASALT)) {
            int contracts = 1 + random.nextInt(2);
            for (int i = 0; i < contracts; i++) {
                var contract = BILLING.signInDirham(tenant.tenant());
                tenant.contracts().add(contract);
                for (var month : MONTHS.subList(random.nextInt(MONTHS.size()), MONTHS.size())) {
                    var event = "job-%d-%d-%s".formatted(tenant.equals(AMBER) ? 1 : 2, i, month);
                    var hours = HOURS.getOrDefault(tenant.tenant(), List.of());
                    BILLING.backfilled(contract, event, month, hours.get(random.nextInt(hours.size())));
                    tenant.events().add(event);
                    var invoice = BILLING.issued(contract, month);
                    tenant.invoices().add(invoice.get("invoice").asString());
                    tenant.figures().add(BILLING.net(invoice).replace(" MAD", ""));
                }
            }
        }
    }

    @Override
    protected RunningService service() {
        return InvoicesOverHttp.running();
    }

    @Override
    protected List<Line> table() {
        var contract = BASALT.contracts().getFirst();
        var invoice = BASALT.invoices().getFirst();
        return all(
                asTenant("/contracts", "?tenant", id -> "/contracts?tenant=" + id, "basalt-lab", "nobody-at-all"),
                asTenant("/contracts/{contract}", "{contract}", id -> "/contracts/" + id, contract, NOBODYS),
                asTenant("/credits", "?contract", id -> "/credits?contract=" + id, contract, NOBODYS),
                asTenant("/invoices", "?contract", id -> "/invoices?contract=" + id, contract, NOBODYS),
                asTenant(
                        "/invoices/preview",
                        "?contract",
                        id -> "/invoices/preview?month=2026-05&contract=" + id,
                        contract,
                        NOBODYS),
                Stream.of("", "/clearance", "/pdf", "/ubl", "/credit-notes/{number}/pdf", "/credit-notes/{number}/ubl")
                        .flatMap(part -> asTenant(
                                "/invoices/{invoice}" + part,
                                "{invoice}",
                                id -> "/invoices/" + id + part.replace("{number}", "2026-000001"),
                                invoice,
                                NOBODYS)),
                asTenant(
                        "/projections/accrued",
                        "?contract",
                        id -> "/projections/accrued?contract=" + id,
                        contract,
                        NOBODYS),
                asTenant(
                        "/projections/accrued",
                        "?tenant",
                        id -> "/projections/accrued?tenant=" + id,
                        "basalt-lab",
                        "nobody-at-all"),
                asTenant(
                        "/projections/forecast",
                        "?contract",
                        id -> "/projections/forecast?contract=" + id,
                        contract,
                        NOBODYS),
                asTenant(
                        "/usage/audit-trail",
                        "?id",
                        id -> "/usage/audit-trail?source=" + BILLING.source() + "&id=" + id,
                        BASALT.events().getFirst(),
                        "nobodys-event"),
                asTenant(
                        "/usage/audit-trail",
                        "?source",
                        source -> "/usage/audit-trail?id=" + BASALT.events().getFirst() + "&source=" + source,
                        BILLING.source(),
                        "/nobody"),
                asTenant(
                        "/usage/audit-trail",
                        "?party",
                        party -> "/usage/audit-trail?source=%s&id=%s&party=%s"
                                .formatted(BILLING.source(), BASALT.events().getFirst(), party),
                        "basalt-lab",
                        "nobody-at-all"),
                open(
                        "whose contract a meter may report on is looked at event by event where usage is ingested",
                        "POST /api/billing/usage",
                        "body"),
                ofTheHouse("GET /api/billing/price-plans/{plan}", "{plan}"),
                ofTheHouse("POST /api/billing/price-plans", "plan"),
                ofTheHouse("POST /api/billing/contracts", "plan", "tenant"),
                ofTheHouse("POST /api/billing/contracts/{contract}/amendments", "plan", "{contract}"),
                ofTheHouse("POST /api/billing/contracts/{contract}/renewals", "{contract}"),
                ofTheHouse("POST /api/billing/contracts/{contract}/termination", "{contract}"),
                ofTheHouse("POST /api/billing/exchange-rates/{rate}/approval", "{rate}"),
                ofTheHouse("POST /api/billing/invoices", "contract"),
                Stream.of("approval", "credit-notes", "issue", "void")
                        .flatMap(step -> ofTheHouse("POST /api/billing/invoices/{invoice}/" + step, "{invoice}")));
    }

    private static Stream<Line> asTenant(
            String route, String field, Function<String, String> path, String foreign, String unknown) {
        return confined(
                "GET /api/billing" + route, field, id -> AMBER.get("/api/billing" + path.apply(id)), foreign, unknown);
    }

    @Test
    void no_answer_to_one_holds_an_id_a_name_or_a_figure_of_the_other() {
        for (var pair : List.of(List.of(AMBER, BASALT), List.of(BASALT, AMBER))) {
            var own = pair.getFirst();
            var other = pair.getLast();
            var told = asked(own, other);
            assertThat(told).hasSizeGreaterThan(10);
            told.forEach((question, text) -> {
                if (!question.contains(other.tenant())) {
                    assertThat(text).as(question).doesNotContain(other.tenant());
                }
                other.ids()
                        .filter(id -> !question.contains(id))
                        .forEach(id -> assertThat(text).as(question).doesNotContain(id));
                other.figures().stream()
                        .filter(_ -> !question.contains("/forecast")) // what is yet to come may be any figure
                        .forEach(figure -> assertThat(text).as(question).doesNotContain("\"" + figure + "\""));
            });
        }
    }

    /** Everything a tenant may read, for what is its own and for what is the other's. */
    private Map<String, String> asked(Owned own, Owned other) {
        var told = new TreeMap<String, String>();
        for (var route : service().bean(RouteTable.class).routes()) {
            if (!route.method().equals(HttpMethod.GET) || !route.roles().contains(Role.TENANT)) {
                continue;
            }
            for (var whose : List.of(own, other)) {
                for (var invoice : whose.invoices()) {
                    var path = route.pattern()
                            .replace("{contract}", whose.contracts().getFirst())
                            .replace("{invoice}", invoice)
                            .replace("{number}", "2026-000001");
                    for (var query : List.of(
                            "",
                            "?contract=" + whose.contracts().getFirst(),
                            "?month=2026-05&contract=" + whose.contracts().getFirst(),
                            "?tenant=" + whose.tenant(),
                            "?source=" + BILLING.source() + "&id="
                                    + whose.events().getFirst())) {
                        told.put(
                                (whose.equals(own) ? "own " : "") + path + query,
                                own.get(path + query).text());
                    }
                }
            }
        }
        return told;
    }
}
