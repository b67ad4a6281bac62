package menara.gateway;

import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One jar for 127.0.0.1 whatever the port, Secure cookies included, as browsers have it; the JDK's own jar keeps the latter back. */
final class LoopbackCookies extends CookieHandler {

    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    Map<String, String> all() {
        return Map.copyOf(cookies);
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
        String line = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return line.isEmpty() ? Map.of() : Map.of("Cookie", List.of(line));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            if ("Set-Cookie".equalsIgnoreCase(name)) {
                values.stream()
                        .flatMap(value -> HttpCookie.parse(value).stream())
                        .forEach(this::keep);
            }
        });
    }

    private void keep(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }
}
