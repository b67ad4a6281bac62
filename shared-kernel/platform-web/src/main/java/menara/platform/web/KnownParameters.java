package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses an unknown query parameter, and one given twice where one is expected: a caller that misspells a filter would take the full list
 * for the filtered one. It checks before anything else of a request is read.
 */
final class KnownParameters implements HandlerInterceptor {

    private static final String OURS = "menara.";

    private final AsOfResolver asOf;

    /** By method: each parameter, and whether it may be given more than once. */
    private final Map<Method, SortedMap<String, Boolean>> known = new ConcurrentHashMap<>();

    KnownParameters(AsOfResolver asOf) {
        this.asOf = asOf;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            check(request, known.computeIfAbsent(method.getMethod(), _ -> parametersOf(method)));
        }
        return true;
    }

    private void check(HttpServletRequest request, SortedMap<String, Boolean> taken) {
        var seen = new HashSet<String>();
        for (var name : names(request.getQueryString())) {
            var repeatable = taken.get(name);
            if (repeatable == null) {
                throw new InvalidField(
                        name,
                        taken.isEmpty()
                                ? "is not known here; nothing can be asked for here"
                                : "is not known here; known are " + String.join(", ", taken.keySet()));
            }
            if (!seen.add(name) && !repeatable) {
                throw new InvalidField(name, "is given more than once");
            }
        }
        if (taken.containsKey(AsOf.PARAMETER)) {
            asOf.of(request.getParameter(AsOf.PARAMETER));
        }
    }

    private static Collection<String> names(@Nullable String query) {
        return query == null
                ? List.of()
                : Arrays.stream(query.split("&", -1))
                        .filter(part -> !part.isEmpty())
                        .map(part -> decoded(part.contains("=") ? part.substring(0, part.indexOf('=')) : part))
                        .toList();
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new InvalidField(name, "is not a name: a % begins two hexadecimal digits");
        }
    }

    private static SortedMap<String, Boolean> parametersOf(HandlerMethod method) {
        var taken = new TreeMap<String, Boolean>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            var annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (parameter.getParameterType() == AsOf.class) {
                taken.put(AsOf.PARAMETER, false);
            } else if (annotation != null) {
                var type = parameter.nestedIfOptional().getNestedParameterType();
                taken.put(
                        annotation.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : annotation.name(),
                        type.isArray() || Collection.class.isAssignableFrom(type));
            }
        }
        return taken;
    }
}
