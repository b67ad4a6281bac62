package menara.billing.ingestion;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.platform.security.Caller;
import menara.values.TenantId;

/**
 * The caller who reports usage, and the tenants whose usage it may report.
 *
 * @param party owner of an event that cannot count and so belongs to no tenant: the sender's organization, or the sender itself
 * @param granted tenants whose usage it may report
 * @param parties whose events it may ask about
 */
public record Reporter(String party, Predicate<TenantId> granted, Set<String> parties) {

    public static Reporter of(Caller caller) {
        var party = caller.party();
        return new Reporter(
                party,
                caller::mayReportFor,
                Stream.concat(Stream.of(party), caller.parties().stream()).collect(Collectors.toUnmodifiableSet()));
    }

    boolean mayReportFor(TenantId tenant) {
        return granted.test(tenant);
    }
}
