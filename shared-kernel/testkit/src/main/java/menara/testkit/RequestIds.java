package menara.testkit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.values.TypedId;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * What a controller method is told by its caller that names something of a party: {@code {contract}} in the path, {@code ?contract} in
 * the query, {@code racks.names[]} in the body, however deep; {@code body} where the method reads the body itself and no type says what is in it.
 */
final class RequestIds {

    private static final Pattern NAMES = Pattern.compile(
            "(?i).*(contract|tenant|partner|reservation|invoice|rack|event|source|subject|call|commitment|organization|party|account)(s|Id|Ids)?");
    private static final Pattern EXACT = Pattern.compile("(?i)id|ids");

    private final Set<String> found = new TreeSet<>();

    private RequestIds() {}

    static Set<String> of(HandlerMethod method) {
        var ids = new RequestIds();
        for (var parameter : method.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            ids.add(parameter);
        }
        return ids.found;
    }

    private void add(MethodParameter parameter) {
        var type = parameter.getParameterType();
        var name = String.valueOf(parameter.getParameterName());
        var body = parameter.getParameterAnnotation(RequestBody.class);
        var query = parameter.getParameterAnnotation(RequestParam.class);
        var path = parameter.getParameterAnnotation(PathVariable.class);
        if (body != null) {
            if (type.getName().startsWith("menara.")) {
                fields(parameter.getGenericParameterType(), "", new HashSet<>());
            } else {
                found.add("body");
            }
        } else if (query != null) {
            leaf(parameter.getGenericParameterType(), "?" + (query.name().isEmpty() ? name : query.name()));
        } else if (path != null) {
            leaf(parameter.getGenericParameterType(), "{" + (path.name().isEmpty() ? name : path.name()) + "}");
        } else if (type != AsOf.class
                && type != Caller.class
                && !type.getName().startsWith("java.")
                && !isOfTheFramework(type)) {
            found.add("body");
        } else if (type.getSimpleName().equals("HttpServletRequest") || type == java.io.InputStream.class) {
            found.add("body");
        }
    }

    private static boolean isOfTheFramework(Class<?> type) {
        return type.getName().startsWith("jakarta.servlet.") || type.getName().startsWith("org.springframework.");
    }

    private void leaf(Type type, String path) {
        for (var inner : insideOf(type)) {
            if (isId(inner, path.replaceAll("[?{}]", ""))) {
                found.add(path);
            }
        }
    }

    /** @param above records that this one stands in: one that holds itself says nothing new the second time */
    private void fields(Type type, String path, Set<Class<?>> above) {
        for (var inner : insideOf(type)) {
            var name = path.replaceAll(".*\\.", "").replace("[]", "");
            if (isId(inner, name)) {
                found.add(path);
            } else if (inner.isRecord() && above.add(inner)) {
                for (var component : inner.getRecordComponents()) {
                    var list = isMany(component.getGenericType()) ? "[]" : "";
                    fields(
                            component.getGenericType(),
                            (path.isEmpty() ? "" : path + ".") + component.getName() + list,
                            above);
                }
                above.remove(inner);
            } else if (inner.isSealed()) {
                Arrays.stream(inner.getPermittedSubclasses()).forEach(kind -> fields(kind, path, above));
            }
        }
    }

    private static boolean isMany(Type type) {
        return type instanceof ParameterizedType many
                && many.getRawType() instanceof Class<?> raw
                && java.util.Collection.class.isAssignableFrom(raw);
    }

    /** A type, or what its lists, maps and optionals hold. */
    private static Set<Class<?>> insideOf(Type type) {
        var classes = new HashSet<Class<?>>();
        if (type instanceof Class<?> plain) {
            classes.add(plain.isArray() ? plain.getComponentType() : plain);
        } else if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> classes.addAll(insideOf(argument)));
        }
        return classes;
    }

    private static boolean isId(Class<?> type, String name) {
        boolean plain = type == String.class || type == UUID.class || type == Object.class;
        return TypedId.class.isAssignableFrom(type)
                || (plain
                        && (NAMES.matcher(name).matches() || EXACT.matcher(name).matches()));
    }
}
