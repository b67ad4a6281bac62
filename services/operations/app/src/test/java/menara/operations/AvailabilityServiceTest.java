package menara.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Availability over HTTP and in the published log. Each test has racks and contracts of its own. */
class AvailabilityServiceTest {

    @SuppressWarnings("NullAway.Init")
    private static Site site;

    @BeforeAll
    static void start() {
        site = new Site();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void back_to_the_present() {
        site.clock.set(Site.NOW);
    }

    @Test
    void a_resolved_incident_measures_every_contract_and_month_it_touched() {
        site.register("hall-e", "e1", "e2", "e3");
        var first = Site.contract();
        var second = Site.contract();
        site.capacity.publish(
                site.activated(first, "atlas", Site.SPRING, "e1", "e2"),
                site.activated(second, "rif", Site.SPRING, "e3"));
        site.billing.publish(
                site.signed(first, "atlas", Site.CASABLANCA), site.signed(second, "rif", ZoneId.of("UTC")));
        site.awaitKnown(first, "2026-04", 2 * 720 * 3_600);
        site.awaitKnown(second, "2026-04", 720 * 3_600);

        // two hours across midnight of 31 March in UTC; in Casablanca (+01:00) April began an hour before the end of
        // March in UTC
        var incident = site.outage("2026-03-31T22:30:00Z", "2026-04-01T00:30:00Z", "e1", "e3");

        // March in Casablanca has 743 hours and began at 2026-03-01T00:00Z (+00:00 in Ramadan): 743 h x 2 racks =
        // 89,160 min
        site.awaitMeasured(first, "2026-03 1: 30/89160", "2026-04 1: 90/86400");
        site.awaitMeasured(second, "2026-03 1: 90/44640", "2026-04 1: 30/43200");
        assertThat(site.measured(first).getFirst().path("incidents").path(0).asString())
                .isEqualTo(incident);
        assertThat(site.measured(first).getFirst().path("tenant").asString()).isEqualTo("atlas");

        var view = site.availability(site.operator(), first, "2026-04").body();
        assertThat(view.path("scheduledRackMinutes").asString()).isEqualTo("86400");
        assertThat(view.path("unavailableRackMinutes").asString()).isEqualTo("90");
        assertThat(view.path("availabilityPercent").asString()).isEqualTo("99.895833");
        assertThat(view.path("timeZone").asString()).isEqualTo("Africa/Casablanca");
    }

    @Test
    void an_incident_resolved_before_anything_else_is_known_is_measured_when_the_last_piece_arrives() {
        site.register("hall-f", "f1");
        var contract = Site.contract();
        var other = Site.contract();
        site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "f1");

        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "f1"));
        site.billing.publish(site.signed(other, "atlas", Site.CASABLANCA));
        site.awaitKnown(other, "2026-04", 0);
        assertThat(site.measured(contract)).isEmpty();
        site.billing.publish(site.signed(contract, "atlas", Site.CASABLANCA));
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.capacity.publish(site.activated(other, "atlas", Site.SPRING, "f1"));
        site.awaitMeasured(other, "2026-04 1: 60/43200");
    }

    @Test
    void an_early_end_and_a_correction_measure_again_with_a_growing_revision() {
        site.register("hall-g", "g1", "g2");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "g1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var incident = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "g1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.clock.advance(Duration.ofMinutes(1));
        site.capacity.publish(site.ended(contract, "atlas", Instant.parse("2026-04-11T00:00:00Z")));
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400");

        site.clock.advance(Duration.ofMinutes(1));
        assertThat(site.correct(incident, "2026-04-10T10:00:00Z", "2026-04-10T10:30:00Z", "g1")
                        .status())
                .isEqualTo(200);
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400", "2026-04 3: 30/14400");

        site.clock.advance(Duration.ofMinutes(1));
        site.correct(incident, "2026-04-10T10:00:00Z", "2026-04-10T10:30:00Z", "g2");
        site.awaitMeasured(
                contract, "2026-04 1: 60/43200", "2026-04 2: 60/14400", "2026-04 3: 30/14400", "2026-04 4: 0/14400");

        var asFirstKnown = site.availability(site.operator(), contract, "2026-04", "&asOf=" + Site.NOW)
                .body();
        assertThat(asFirstKnown.path("scheduledRackSeconds").asLong()).isEqualTo(720 * 3_600);
        assertThat(asFirstKnown.path("unavailableRackSeconds").asLong()).isEqualTo(3_600);
        var now = site.availability(site.operator(), contract, "2026-04").body();
        assertThat(now.path("availabilityPercent").asString()).isEqualTo("100");
    }

    @Test
    void a_repeated_delivery_measures_nothing_new() {
        site.register("hall-h", "h1");
        var contract = Site.contract();
        var activated = site.capacity.message(site.activated(contract, "atlas", Site.SPRING, "h1"));
        var signed = site.billing.message(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publishAgain(activated);
        site.billing.publishAgain(signed);
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "h1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.capacity.publishAgain(activated);
        site.billing.publishAgain(signed);
        // what is published after the repetition is seen after it
        var later = Site.contract();
        site.billing.publish(site.signed(later, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(later, "atlas", Site.SPRING, "h1"));
        site.awaitMeasured(later, "2026-04 1: 60/43200");

        site.awaitMeasured(contract, "2026-04 1: 60/43200");
    }

    @Test
    void an_open_incident_is_named_but_does_not_count() {
        site.register("hall-i", "i1");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "i1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var incident =
                site.open("2026-04-10T10:00:00Z", "i1").body().path("incident").asString();

        var view = site.availability(site.operator(), contract, "2026-04").body();

        assertThat(view.path("unavailableRackSeconds").asLong()).isZero();
        assertThat(view.path("openIncidents").path(0).asString()).isEqualTo(incident);
        assertThat(site.availability(site.operator(), contract, "2026-03")
                        .body()
                        .path("openIncidents"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "not-a-uuid,2026-04,contract",
        "00000000-0000-0000-0000-000000000001,April,month",
        ",2026-04,contract",
        "00000000-0000-0000-0000-000000000001,+999999-01,month"
    })
    void a_bad_question_for_availability_is_refused_naming_the_parameter(String contract, String month, String field) {
        var query =
                contract == null ? "month=" + month : "contract=" + contract + "&month=" + month.replace("+", "%2B");

        var answer = site.service.get("/api/operations/availability?" + query, site.operator());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void everything_is_still_known_after_a_restart() {
        site.register("hall-l", "l1");
        var contract = Site.contract();
        site.billing.publish(site.signed(contract, "atlas", ZoneId.of("UTC")));
        site.capacity.publish(site.activated(contract, "atlas", Site.SPRING, "l1"));
        site.awaitKnown(contract, "2026-04", 720 * 3_600);
        var first = site.outage("2026-04-10T10:00:00Z", "2026-04-10T11:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200");

        site.service.restart();

        site.correct(first, "2026-04-10T10:00:00Z", "2026-04-10T12:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 120/43200");
        site.outage("2026-04-10T11:30:00Z", "2026-04-10T13:00:00Z", "l1");
        site.awaitMeasured(contract, "2026-04 1: 60/43200", "2026-04 2: 120/43200", "2026-04 3: 180/43200");
    }
}
