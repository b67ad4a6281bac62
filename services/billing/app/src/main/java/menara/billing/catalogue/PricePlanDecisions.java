package menara.billing.catalogue;

import java.util.List;
import java.util.Set;
import menara.billing.catalogue.PricePlanCommands.PublishPricePlanVersion;
import menara.values.refusals.RuleViolated;

/** When a plan may gain a version. */
final class PricePlanDecisions {

    /** A plan with more versions than this is used for something other than prices. */
    static final int MAX_VERSIONS = 1_000;

    private PricePlanDecisions() {}

    static List<PricePlanEvent> decide(PublishPricePlanVersion command, PricePlan plan) {
        return switch (plan) {
            case PricePlan.Unpublished _ -> List.of(published(command, 1));
            case PricePlan.Published existing
            when existing.publications().contains(command.publication()) -> List.of(); // its answer was lost
            case PricePlan.Published existing -> next(command, existing);
        };
    }

    private static List<PricePlanEvent> next(PublishPricePlanVersion command, PricePlan.Published plan) {
        var latest = plan.latest();
        if (!plan.currency().equals(command.currency())) {
            throw new RuleViolated(
                    "price-plan-currency-fixed",
                    "plan %s is in %s since version 1, a version in %s needs a plan of its own"
                            .formatted(plan.plan(), plan.currency(), command.currency()));
        }
        if (!command.effectiveFrom().isAfter(latest.effectiveFrom())) {
            throw new RuleViolated(
                    "price-plan-versions-overlap",
                    "version %d of plan %s already takes effect at %s; the next version must take effect after that, not at %s"
                            .formatted(latest.number(), plan.plan(), latest.effectiveFrom(), command.effectiveFrom()));
        }
        // What was used until now has been shown at a price; a version that reached back would change it.
        if (command.effectiveFrom().isBefore(command.at())) {
            throw new RuleViolated(
                    "price-plan-version-in-the-past",
                    "version %d of plan %s has been in force until now (%s); the next version cannot take effect before that, at %s"
                            .formatted(latest.number(), plan.plan(), command.at(), command.effectiveFrom()));
        }
        if (plan.versions().size() >= MAX_VERSIONS) {
            throw new RuleViolated(
                    "too-many-price-plan-versions",
                    "plan %s has %d versions, the most a plan can have".formatted(plan.plan(), MAX_VERSIONS));
        }
        return List.of(published(command, latest.number() + 1));
    }

    private static PricePlanEvent published(PublishPricePlanVersion command, int version) {
        return new PricePlanVersionPublished(
                command.plan(),
                version,
                command.publication(),
                command.currency(),
                command.effectiveFrom(),
                command.prices(),
                command.at(),
                command.charges().isEmpty() ? null : command.charges());
    }

    static PricePlan evolve(PricePlan plan, PricePlanEvent event) {
        return switch (event) {
            case PricePlanVersionPublished e -> {
                var version =
                        new PricePlan.Version(e.version(), e.effectiveFrom(), e.prices(), e.everyCharge(), e.at());
                yield switch (plan) {
                    case PricePlan.Unpublished _ ->
                        new PricePlan.Published(e.plan(), e.currency(), List.of(version), Set.of(e.publication()));
                    case PricePlan.Published published -> published.with(version, e.publication());
                };
            }
        };
    }
}
