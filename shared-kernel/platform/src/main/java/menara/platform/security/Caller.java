package menara.platform.security;

import java.util.Optional;
import java.util.Set;
import menara.values.PartnerId;
import menara.values.TenantId;

/**
 * The party behind a request, taken from its token and from nowhere else. A controller method declares it as a parameter.
 *
 * @param subject the token's {@code sub}: who acted, for four-eyes rules and audit
 * @param name {@code preferred_username}, for people to read
 * @param organization alias of the caller's Keycloak organization, if it has one
 * @param roles what it may do
 */
public record Caller(String subject, String name, Optional<String> organization, Set<Role> roles) {

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** The tenant this caller is confined to: its organization, if it comes as a tenant. */
    public Optional<TenantId> tenant() {
        return is(Role.TENANT) ? organization.map(TenantId::new) : Optional.empty();
    }

    /** The partner this caller is confined to: its organization, if it comes as a partner. */
    public Optional<PartnerId> partner() {
        return is(Role.PARTNER) ? organization.map(PartnerId::new) : Optional.empty();
    }

    /** Whether the caller may see what belongs to {@code tenant}: its own, or anybody's with a role that is not confined. */
    public boolean maySee(TenantId tenant) {
        return sees(Role.TENANT, tenant.value());
    }

    /** Whether the caller may see what belongs to {@code partner}: its own, or anybody's with a role that is not confined. */
    public boolean maySee(PartnerId partner) {
        return sees(Role.PARTNER, partner.value());
    }

    private boolean sees(Role confined, String owner) {
        // Deny by default: a confined role wins over any other role the token carries besides it.
        return is(confined) ? organization.filter(owner::equals).isPresent() : !is(Role.TENANT) && !is(Role.PARTNER);
    }
}
