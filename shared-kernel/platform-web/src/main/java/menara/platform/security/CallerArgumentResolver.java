package menara.platform.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller method its {@link Caller}, from the validated token. */
public final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return current().orElseThrow(() -> new InsufficientAuthenticationException("a token is needed"));
    }

    /** The caller of this thread's request; empty if it needs no token. */
    public static Optional<Caller> current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication
                ? Optional.of(callerOf(authentication.getToken()))
                : Optional.empty();
    }

    public static Caller callerOf(Jwt token) {
        var subject = token.getSubject();
        if (subject == null) {
            throw new InsufficientAuthenticationException("the token does not say whose it is");
        }
        var name = token.getClaimAsString("preferred_username");
        return new Caller(
                subject, name == null ? subject : name, organizationOf(token), reportsForOf(token), rolesOf(token));
    }

    /**
     * Keycloak writes the claim as a list of aliases or as a map by alias, depending on its mapper. A caller of several organizations
     * counts as having none.
     */
    private static Optional<String> organizationOf(Jwt token) {
        Object claim = token.getClaim("organization");
        Collection<?> aliases = switch (claim) {
            case Collection<?> list -> list;
            case Map<?, ?> map -> map.keySet();
            case String alias -> List.of(alias);
            case null, default -> List.of();
        };
        return aliases.size() == 1
                ? Optional.of(String.valueOf(aliases.iterator().next())).filter(alias -> !alias.isBlank())
                : Optional.empty();
    }

    /** Several values come as a list, a single one as a text. */
    private static Set<String> reportsForOf(Jwt token) {
        Object claim = token.getClaim("reports_for");
        return switch (claim) {
            case Collection<?> list ->
                list.stream()
                        .map(String::valueOf)
                        .filter(alias -> !alias.isBlank())
                        .collect(Collectors.toUnmodifiableSet());
            case String alias when !alias.isBlank() -> Set.of(alias);
            case null, default -> Set.of();
        };
    }

    static Set<Role> rolesOf(Jwt token) {
        var access = token.getClaimAsMap("realm_access");
        var roles = access == null ? null : access.get("roles");
        return roles instanceof Collection<?> names
                ? names.stream()
                        .flatMap(role -> Role.ofRealm(String.valueOf(role)).stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
