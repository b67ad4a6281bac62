package menara.gateway.party;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The party of a valid access token, for limits and for the portal's greeting. Services decide by the token itself.
 *
 * @param subject {@code sub}
 * @param name for people to read: {@code preferred_username}, or the full name where it is known
 * @param organization aliases of the Keycloak organizations, joined by {@code +}; empty for people of no organization
 * @param roles realm roles without Keycloak's own
 */
public record Party(String subject, String name, String organization, List<String> roles) implements Serializable {

    private static final Set<String> KEYCLOAKS_OWN = Set.of("offline_access", "uma_authorization");

    public static Party of(Jwt token) {
        // The decoder has refused tokens without a subject.
        String subject = Objects.requireNonNull(token.getSubject());
        String name = token.getClaimAsString("preferred_username");
        return new Party(
                subject,
                name == null ? subject : name,
                String.join("+", names(token.getClaims().get("organization"))),
                realmRoles(token.getClaims().get("realm_access")));
    }

    /** The same party by another name, if there is one. */
    public Party named(@Nullable String other) {
        return other == null || other.isBlank() ? this : new Party(subject, other, organization, roles);
    }

    /** The key of limits: all callers of an organization share one allowance. */
    public String limitKey() {
        return organization.isEmpty() ? "subject:" + subject : "organization:" + organization;
    }

    // Keycloak writes the claim as a list of aliases or as a map keyed by alias, depending on the mapper.
    private static List<String> names(@Nullable Object claim) {
        Collection<?> found = switch (claim) {
            case Collection<?> list -> list;
            case Map<?, ?> map -> map.keySet();
            case String alias -> List.of(alias);
            case null, default -> List.of();
        };
        return found.stream().map(String::valueOf).sorted().toList();
    }

    private static List<String> realmRoles(@Nullable Object realmAccess) {
        Object roles = realmAccess instanceof Map<?, ?> map ? map.get("roles") : null;
        return names(roles).stream()
                .filter(role -> !KEYCLOAKS_OWN.contains(role) && !role.startsWith("default-roles-"))
                .collect(Collectors.toUnmodifiableList());
    }
}
