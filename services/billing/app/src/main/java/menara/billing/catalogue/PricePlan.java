package menara.billing.catalogue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.meters.Meter;

/** What tenants are charged for and at what prices, in versions that count from a date on and are never changed. */
public sealed interface PricePlan {

    /** Nothing was published under this name. */
    record Unpublished() implements PricePlan {}

    /**
     * @param plan the plan
     * @param currency ISO 4217 currency of every version
     * @param versions at least one, by version number, each in force from its own date until the next one's
     * @param publications the requests that published them, for decisions; empty where the plan is only read
     */
    record Published(PricePlanId plan, Currency currency, List<Version> versions, Set<PublicationId> publications)
            implements PricePlan {

        public Published {
            versions = versions.stream()
                    .sorted(Comparator.comparingInt(Version::number))
                    .toList();
            publications = Set.copyOf(publications);
        }

        public Published(PricePlanId plan, Currency currency, List<Version> versions) {
            this(plan, currency, versions, Set.of());
        }

        Published with(Version version, PublicationId publication) {
            return new Published(
                    plan,
                    currency,
                    Stream.concat(versions.stream(), Stream.of(version)).toList(),
                    Stream.concat(publications.stream(), Stream.of(publication)).collect(Collectors.toSet()));
        }

        /** The version whose prices count at {@code instant}; empty before the first one. */
        public Optional<Version> inForceAt(Instant instant) {
            return versions.reversed().stream()
                    .filter(version -> !version.effectiveFrom().isAfter(instant))
                    .findFirst();
        }

        /** The plan as of {@code asOf}: without the versions published later. */
        public Published asOf(Instant asOf) {
            return new Published(
                    plan,
                    currency,
                    versions.stream()
                            .filter(version -> !version.publishedAt().isAfter(asOf))
                            .toList(),
                    publications);
        }

        public Version latest() {
            return versions.getLast();
        }
    }

    /**
     * @param number 1, 2, 3 …
     * @param effectiveFrom first instant at which these prices count
     * @param prices at most one for each meter
     * @param charges what is charged beyond the prices
     * @param publishedAt when the version was published
     */
    record Version(int number, Instant effectiveFrom, List<Price> prices, List<Charge> charges, Instant publishedAt) {

        public Version {
            prices = List.copyOf(prices);
            charges = List.copyOf(charges);
        }

        public Version(int number, Instant effectiveFrom, List<Price> prices, Instant publishedAt) {
            this(number, effectiveFrom, prices, List.of(), publishedAt);
        }

        /** Everything that is charged for: the prices, each as a charge by the unit, and the charges. */
        public List<Charge> everyCharge() {
            return Stream.concat(prices.stream().map(Price::charge), charges.stream())
                    .toList();
        }

        /** Empty if this version has no plain price for {@code meter}. */
        public Optional<BigDecimal> unitPrice(Meter meter) {
            return prices.stream()
                    .filter(price -> price.meter().equals(meter))
                    .map(Price::unitPrice)
                    .findFirst();
        }
    }
}
