package menara.billing.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.platform.web.ValuesJacksonModule;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with a version is said with its place. */
class PriceSheetTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new ValuesJacksonModule()).build();
    private static final Meter TOKENS = Meter.defined("tokens", "M tokens", Aggregation.SUM, List.of("model"));

    @Test
    void a_gap_or_an_overlap_of_tiers_is_named_by_its_tier() {
        malformed(
                tiered("{'from':'0','until':'100','unitPrice':'2'},{'from':'120','unitPrice':'1'}"),
                "tiers[1] begins at 120 where 100 was expected: a gap");
        malformed(
                tiered("{'from':'0','until':'100','unitPrice':'2'},{'from':'90','unitPrice':'1'}"),
                "tiers[1] begins at 90 where 100 was expected: an overlap");
        malformed(tiered("{'from':'5','unitPrice':'2'}"), "tiers[0] begins at 5 where 0 was expected: a gap");
        malformed(tiered("{'from':'0','until':'9','unitPrice':'2'}"), "tiers[0] must have no end");
        malformed(tiered("{'from':'0','unitPrice':'2'},{'from':'0','unitPrice':'2'}"), "tiers[0] must end");
    }

    @Test
    void bands_cover_the_day_once() {
        malformed(energy("{'name':'a','from':'00:00','until':'23:00','unitPrice':'1'}"), "bands leave a gap at 23:00");
        malformed(
                energy(
                        "{'name':'a','from':'00:00','until':'00:00','unitPrice':'1'},{'name':'b','from':'05:00','until':'06:00','unitPrice':'1'}"),
                "bands[1] overlaps another band at 05:00");
        malformed(energy("{'name':'a','from':'00:30','until':'00:00','unitPrice':'1'}"), "whole hour");
    }

    @Test
    void every_model_reads_and_writes_the_same() {
        var all = charges("""
                [{'code':'fee','product':'Fee','model':{'type':'flat','amount':'10'}},
                 {'code':'a','product':'A','meter':'tokens','match':{'model':'a'},'model':{'type':'unit','unitPrice':'2'}},
                 {'code':'b','product':'B','meter':'tokens','match':{'model':'b'},'model':{'type':'volume','tiers':[{'from':'0','unitPrice':'2'}]}},
                 {'code':'c','product':'C','meter':'tokens','match':{'model':'c'},'model':{'type':'package','size':'10','price':'5'}},
                 {'code':'d','product':'D','meter':'gpu-hour','model':{'type':'commitment','quantity':'10','unitPrice':'5','overageUnitPrice':'6','rolloverMonths':1}},
                 {'code':'p','product':'P','model':{'type':'percentage','percent':'5','of':['fee']}},
                 {'code':'m','product':'M','model':{'type':'minimum','amount':'5'}},
                 {'code':'c2','product':'Credit','model':{'type':'prepaid','price':'90','credit':'100','validMonths':12}}]""");
        var text = JSON.writerFor(new TypeReference<List<Charge>>() {}).writeValueAsString(all);
        assertThat(charges(text)).isEqualTo(all);
        PriceSheet.check(all, PriceSheetTest::meter);
    }

    @Test
    void charges_that_do_not_fit_together_are_named_by_their_place() {
        var unit = "'model':{'type':'unit','unitPrice':'2'}}";
        misfit("[{'code':'a','product':'A','meter':'nope'," + unit + "]", "charges[0].meter");
        misfit("[{'code':'a','product':'A','meter':'tokens','match':{'x':'y'}," + unit + "]", "charges[0].match");
        misfit(
                "[{'code':'a','product':'A','meter':'tokens'," + unit + ",{'code':'a','product':'A','meter':'gpu-hour',"
                        + unit + "]",
                "charges[1].code");
        misfit(
                "[{'code':'a','product':'A','meter':'tokens'," + unit
                        + ",{'code':'b','product':'B','meter':'tokens','match':{'model':'b'}," + unit + "]",
                "charges[1].match");
        misfit(
                "[{'code':'p','product':'P','model':{'type':'percentage','percent':'5','of':['gone']}}]",
                "charges[0].model.of[0]");
        misfit(
                "[{'code':'m','product':'M','model':{'type':'minimum','amount':'5'}},{'code':'p','product':'P','model':{'type':'percentage','percent':'5','of':['m']}}]",
                "charges[1].model.of[0]");
        malformed("[{'code':'a','product':'A'," + unit + "]", "meter must say what is counted");
    }

    private static String tiered(String tiers) {
        return "[{'code':'a','product':'A','meter':'tokens','model':{'type':'tiered','tiers':[" + tiers + "]}}]";
    }

    private static String energy(String bands) {
        return "[{'code':'a','product':'A','meter':'tokens','model':{'type':'energy','pue':'1.2','zone':'UTC','bands':["
                + bands + "]}}]";
    }

    private static void malformed(String text, String message) {
        assertThatThrownBy(() -> charges(text)).hasStackTraceContaining(message);
    }

    private static void misfit(String text, String field) {
        assertThatThrownBy(() -> PriceSheet.check(charges(text), PriceSheetTest::meter))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @org.jspecify.annotations.Nullable
    private static Meter meter(String code) {
        return Map.of("tokens", TOKENS, "gpu-hour", Meter.GPU_HOUR).get(code);
    }

    private static List<Charge> charges(String text) {
        return JSON.readValue(text.replace('\'', '"'), new TypeReference<List<Charge>>() {});
    }
}
