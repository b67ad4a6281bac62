package menara.billing;

import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import menara.testkit.Seeds;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one party reports, corrects or takes back never touches another's, and no answer shows it anything of the other. */
class UsageOfTwoPartiesTest extends BillingOverHttp {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int STEPS = 250;

    @Test
    void a_meter_reports_for_its_own_organization_and_for_nobody_else() {
        var own = sign("atlas-ai");
        var foreign = sign("rif-cloud");
        var meter = as(USAGE_REPORTER).of("atlas-ai");
        var answer = meter.post(
                        "/api/billing/usage",
                        BATCH,
                        "[" + job(own, "mine", 1_000) + "," + job(foreign, "theirs", 1_000) + ","
                                + job(UUID.randomUUID().toString(), "nobodys", 1_000) + "]")
                .expect(200);
        assertThat(answer.get("accepted").asInt()).isEqualTo(1);
        var theirs = answer.get("rejected").get(0);
        var nobodys = answer.get("rejected").get(1);
        assertThat(theirs.get("field").asString()).isEqualTo("subject");
        assertThat(theirs.get("detail"))
                .as("whether there is such a contract is not told")
                .isEqualTo(nobodys.get("detail"));
        assertThat(total(as(FINANCE).get(accruedPath(foreign, "2026-06")))).isEqualTo("0.00 USD");
        for (var stranger : List.of(
                as(USAGE_REPORTER).of("naver-cloud"),
                as(USAGE_REPORTER, FINANCE).of(""))) {
            assertThat(stranger.post("/api/billing/usage", BATCH, "[" + job(own, "x", 1) + "]")
                            .expect(200)
                            .get("accepted")
                            .asInt())
                    .as("no organization and no role of the house stands for a grant")
                    .isZero();
        }
    }

    @Test
    void a_meter_can_neither_correct_nor_take_back_nor_take_the_name_of_anothers_event() {
        var own = sign("atlas-ai");
        var foreign = sign("rif-cloud");
        var atlas = as(USAGE_REPORTER).of("atlas-ai");
        var rif = as(USAGE_REPORTER).of("rif-cloud");
        accepted(rif, job(foreign, "job", 1_000), 1);
        for (var attack : List.of(
                corrects(foreign, "fix", "job"), retracts(foreign, "gone", "job"), corrects(own, "fix-2", "job"))) {
            accepted(atlas, attack, 0);
        }
        accepted(atlas, job(own, "taken", 5_000), 1);
        accepted(rif, job(foreign, "taken", 1_000), 1);
        assertThat(total(as(FINANCE).get(accruedPath(foreign, "2026-06")))).isEqualTo("42.00 USD");
        assertThat(story(atlas, "job").status()).isIn(200, 404);
        assertThat(story(atlas, "job").toString()).doesNotContain(foreign);
        assertThat(story(rif, "taken").expect(200).get("contract").asString()).isEqualTo(foreign);
        assertThat(story(atlas, "taken").expect(200).get("contract").asString()).isEqualTo(own);
        assertThat(story(as(FINANCE), "taken").problem(409)).isEqualTo("usage-event-of-several-parties");
        assertThat(as(FINANCE)
                        .get(path("taken") + "&party=rif-cloud")
                        .expect(200)
                        .get("contract")
                        .asString())
                .isEqualTo(foreign);
        assertThat(atlas.get(path("taken") + "&party=rif-cloud").status()).isEqualTo(404);
    }

    /** A party's events by their name, as nobody but itself changes them. */
    private record Model(String party, String contract, Map<String, Integer> events, Set<String> gone) {

        static Model of(String party, String contract) {
            return new Model(party, contract, new HashMap<>(), new HashSet<>());
        }

        long milliGpus() {
            return events.values().stream().mapToLong(Integer::longValue).sum();
        }
    }

    @Test
    void in_a_random_history_each_party_has_what_it_did_itself_and_hears_of_nothing_else() {
        long seed = Seeds.of(UsageOfTwoPartiesTest.class);
        var random = new Random(seed);
        var models = List.of(Model.of("atlas-ai", sign("atlas-ai")), Model.of("rif-cloud", sign("rif-cloud")));
        for (int step = 0; step < STEPS; step++) {
            var actor = models.get(random.nextInt(2));
            var other = models.get(1 - models.indexOf(actor));
            boolean honest = random.nextInt(3) > 0;
            var contract = honest ? actor.contract() : other.contract();
            var id = "e" + random.nextInt(30);
            int milliGpus = 1 + random.nextInt(3);
            var heard = new ArrayList<String>();
            var meter = as(USAGE_REPORTER).of(actor.party());
            if (random.nextInt(4) == 0) {
                var answer = report(meter, retracts(contract, "r" + step, id), heard);
                if (answer.get("accepted").asInt() == 1) {
                    assertThat(honest
                                    && actor.events().containsKey(id)
                                    && actor.gone().add(id))
                            .as("seed %d step %d", seed, step)
                            .isTrue();
                    actor.events().put(id, 0);
                }
            } else {
                var answer = report(meter, job(contract, id, milliGpus * 1_000L), heard);
                boolean isNew = honest && !actor.events().containsKey(id);
                assertThat(answer.get("accepted").asInt())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(isNew ? 1 : 0);
                if (isNew) {
                    actor.events().put(id, milliGpus);
                }
            }
            heard.add(story(as(TENANT).of(actor.party()), id).toString());
            heard.add(story(meter, id).toString());
            assertThat(heard)
                    .as("seed %d step %d", seed, step)
                    .noneMatch(text -> text.contains(other.contract()) || text.contains(other.party()));
        }
        for (var model : models) {
            var line =
                    accrued(model.contract(), "2026-06").get("contracts").get(0).get("lines");
            long hours = model.milliGpus();
            assertThat(
                            line.isEmpty()
                                    ? "0"
                                    : line.get(0).get("milliGpuMilliseconds").asString())
                    .as("seed %d %s", seed, model)
                    .isEqualTo(Long.toString(hours * 1_000 * 10 * 3_600_000));
        }
    }

    private static JsonNode report(Party meter, String event, List<String> heard) {
        var answer = meter.post("/api/billing/usage", BATCH, "[" + event + "]").expect(200);
        heard.add(answer.toString());
        return answer;
    }

    private static void accepted(Party meter, String event, int expected) {
        assertThat(report(meter, event, new ArrayList<>()).get("accepted").asInt())
                .as(event)
                .isEqualTo(expected);
    }

    private Answer story(Party party, String id) {
        return party.get(path(id));
    }

    private String path(String id) {
        return "/api/billing/usage/audit-trail?source=" + source() + "&id=" + id;
    }

    private String job(String contract, String id, long milliGpus) {
        return event(contract, id, "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", milliGpus);
    }

    private String corrects(String contract, String id, String corrected) {
        return job(contract, id, 9_000)
                .replace("\"milliGpus\"", "\"supersedes\":\"%s\",\"milliGpus\"".formatted(corrected));
    }

    private String retracts(String contract, String id, String retracted) {
        return """
                {"specversion":"1.0","type":"menara.usage.retraction.v1","source":"%s","id":"%s","subject":"%s",\
                "data":{"supersedes":"%s"}}""".formatted(source(), id, contract, retracted);
    }
}
