package menara.platform.security;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.platform.security.Role.Sight;
import menara.values.PartnerId;
import menara.values.TenantId;

/**
 * The party behind a request, taken from its token and from nowhere else. A controller method declares it as a parameter.
 *
 * <p>Access to the data of all parties is the exception, and needs a role ({@link Role}). A caller without such a role sees what belongs to
 * its organization; a caller without an organization sees nothing.
 *
 * @param subject the token's {@code sub}, for four-eyes rules and audit
 * @param name {@code preferred_username}, for people to read
 * @param organization alias of the caller's Keycloak organization, if it has one
 * @param reportsFor tenants for which the realm lets this caller report usage, beside its own organization
 * @param roles the roles of the token
 */
public record Caller(
        String subject, String name, Optional<String> organization, Set<String> reportsFor, Set<Role> roles) {

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** The tenant this caller is confined to: its organization, if it comes as a tenant. */
    public Optional<TenantId> tenant() {
        return is(Role.TENANT) ? organization.flatMap(TenantId::called) : Optional.empty();
    }

    /** The partner this caller is confined to: its organization, if it comes as a partner. */
    public Optional<PartnerId> partner() {
        return is(Role.PARTNER) ? organization.map(PartnerId::new) : Optional.empty();
    }

    /** Whether the caller may see what belongs to {@code tenant}. */
    public boolean maySee(TenantId tenant) {
        return seesAll() || (isConfined() ? is(Role.TENANT) && isOf(tenant.value()) : mayReportFor(tenant));
    }

    /** Whether the caller may see what belongs to {@code partner}. */
    public boolean maySee(PartnerId partner) {
        return seesAll() || (is(Role.PARTNER) && isOf(partner.value()));
    }

    /**
     * Whether usage that the caller sends may count on the account of {@code tenant}: its own organization, or one that the realm grants
     * it by name. No role grants it.
     */
    public boolean mayReportFor(TenantId tenant) {
        return isOf(tenant.value()) || reportsFor.contains(tenant.value());
    }

    /** Whether nothing is hidden from the caller on the routes that it may call. */
    public boolean seesAll() {
        return !isConfined() && roles.stream().anyMatch(role -> role.sight() == Sight.ALL);
    }

    /** The organizations whose data the caller may see if it does not see all. */
    public Set<String> parties() {
        return isConfined()
                ? organization.stream().collect(Collectors.toUnmodifiableSet())
                : Stream.concat(organization.stream(), reportsFor.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The party whose limits the caller counts towards: its organization, or itself. */
    public String party() {
        return organization.orElse("caller:" + subject);
    }

    private boolean isOf(String alias) {
        return organization.filter(alias::equals).isPresent();
    }

    private boolean isConfined() {
        return roles.stream().anyMatch(role -> role.sight() == Sight.CONFINED);
    }
}
