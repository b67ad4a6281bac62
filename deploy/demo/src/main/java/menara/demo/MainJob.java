package menara.demo;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import menara.demo.Story.DemoTenant;

/** Steps 1 to 4 and 6 of the main job, through the gateway, as the parties would do them. */
final class MainJob {

    /** One rack in ten, a whole day: enough to miss 99.9 % in any month. */
    private static final int RACKS_PER_RACK_DOWN = 10;

    private static final Duration OUTAGE = Duration.ofDays(1);

    private final CampusSteps campus;
    private final BillingSteps billing;
    private final SiteSteps site;
    private final PartnerSteps partners;
    private final Console console;
    private final Clock clock;

    MainJob(GatewayClient demo, GatewayClient approver, Console console, Story story, Clock clock) {
        this.campus = new CampusSteps(demo, console, story);
        this.billing = new BillingSteps(demo, console, story);
        this.site = new SiteSteps(demo, console, story);
        this.partners = new PartnerSteps(demo, approver, console, story);
        this.console = console;
        this.clock = clock;
    }

    /** @return what is accrued in the end over all tenants */
    BillingSteps.Accrued run() {
        console.step("The campus: power, halls, racks");
        campus.build();

        console.step("Tenants sign, capacity is reserved against the power envelope");
        var contracts = billing.signContracts();
        var reservations = campus.reserve(contracts);
        var contract = requireNonNull(contracts.get(DemoTenant.ATLAS_AI));
        campus.askForTooMuch(DemoTenant.ATLAS_AI, contract);

        console.step("Partners commit; energised GPUs reach the milestone; capital is called");
        partners.commit();
        partners.defineMilestone();
        site.energise();
        partners.call(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));

        console.step("Usage arrives and is metered by the hour");
        billing.reportUsage(contracts);
        billing.print(contracts);
        console.say("the partners' projected return: %s", partners.projectedReturn(billing::forecast));

        console.step("An incident; nobody files a claim");
        var allocation = requireNonNull(reservations.get(DemoTenant.ATLAS_AI));
        site.incident(
                campus.someRacks(
                        allocation, Math.max(1, allocation.path("racks").size() / RACKS_PER_RACK_DOWN)),
                OUTAGE);
        billing.awaitCredit(contract, clock.instant());
        console.say("a credit was granted by itself");

        console.step("What finance pulls now");
        var accrued = billing.print(contracts);
        console.say("the partners' projected return: %s", partners.projectedReturn(billing::forecast));
        return accrued;
    }
}
