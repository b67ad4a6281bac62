package menara.demo;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import menara.demo.Story.DemoTenant;

/** The main job, through the gateway, as the parties would do them. */
final class MainJob {

    /** One rack in ten, a whole day: enough to miss 99.9 % in any month. */
    private static final int RACKS_PER_RACK_DOWN = 10;

    private static final Duration OUTAGE = Duration.ofDays(1);

    private final CampusSteps campus;
    private final BillingSteps billing;
    private final SiteSteps site;
    private final PartnerSteps partners;
    private final InvoiceSteps invoices;
    private final GatewayClient demo;
    private final Console console;
    private final Story story;
    private final Clock clock;

    MainJob(GatewayClient demo, GatewayClient approver, Console console, Story story, Path documents, Clock clock) {
        this.campus = new CampusSteps(demo, console, story);
        this.billing = new BillingSteps(demo, console, story);
        this.site = new SiteSteps(demo, console, story);
        this.partners = new PartnerSteps(demo, approver, console, story);
        this.invoices = new InvoiceSteps(demo, approver, console, story, documents);
        this.demo = demo;
        this.console = console;
        this.story = story;
        this.clock = clock;
    }

    void run() {
        var today = LocalDate.ofInstant(clock.instant(), Story.ZONE);
        console.step("The campus: power, halls, racks");
        campus.build();

        console.step("Tenants sign, capacity is reserved against the power envelope");
        var contracts = billing.signContracts();
        var support = billing.signSupport();
        var reservations = campus.reserve(contracts);
        var contract = requireNonNull(contracts.get(DemoTenant.ATLAS_AI));
        campus.askForTooMuch(DemoTenant.ATLAS_AI, contract);

        console.step("Partners commit; energised GPUs reach the milestone; capital is called");
        partners.commit();
        partners.defineMilestone();
        site.energise();
        partners.call(LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC));

        console.step("Usage arrives and is metered by the hour");
        billing.reportUsage(contracts);
        billing.print(contracts, YearMonth.from(today));
        console.say("the partners' projected return: %s", partners.projectedReturn(billing::forecast));

        var beforeIncident = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        console.step("An incident; nobody files a claim");
        var allocation = requireNonNull(reservations.get(DemoTenant.ATLAS_AI));
        site.incident(
                campus.someRacks(
                        allocation, Math.max(1, allocation.path("racks").size() / RACKS_PER_RACK_DOWN)),
                OUTAGE);
        billing.awaitCredit(contract, clock.instant());
        console.say("a credit was granted by itself");

        console.step("What finance pulls now");
        billing.print(contracts, YearMonth.from(today));
        console.say("the partners' projected return: %s", partners.projectedReturn(billing::forecast));

        var month = story.firstMonth();
        if (month.isBefore(YearMonth.from(today))) {
            console.step("The month of %s closes".formatted(month));
            invoices.close(month, List.copyOf(contracts.values()), List.of(support), today);
        }

        console.step("Pull it yourself");
        console.say("TOKEN=$(./menara token finance-export)");
        for (var each : story.months()) {
            console.say(
                    "curl -H \"Authorization: Bearer $TOKEN\" '%s/api/billing/projections/accrued?month=%s'",
                    demo.address(), each);
        }
        console.say("and as it was known before the incident and the invoices: add &asOf=%s", beforeIncident);
    }
}
