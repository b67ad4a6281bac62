package menara.gateway.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import menara.gateway.Service;
import menara.gateway.security.Access;
import menara.gateway.security.AccessTokens;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/openapi}. A service that does not answer is listed as such and its paths are missing; the answer is still 200. */
@RestController
class OpenApi {

    private final ServiceDocuments documents;
    private final AccessTokens tokens;

    OpenApi(ServiceDocuments documents, AccessTokens tokens) {
        this.documents = documents;
        this.tokens = tokens;
    }

    @GetMapping("/api/openapi")
    ResponseEntity<Object> joined(HttpServletRequest request) {
        return switch (tokens.of(request)) {
            case Access.Refused refused -> refused.problem().entity();
            case Access.Token token ->
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(join(token.value()));
        };
    }

    private Object join(String token) {
        Map<Service, Future<ServiceDocuments.Fetched>> fetching = new EnumMap<>(Service.class);
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            Arrays.stream(Service.values())
                    .forEach(service -> fetching.put(service, each.submit(() -> documents.of(service, token))));
        }
        JoinedDocument joined = new JoinedDocument();
        fetching.forEach((service, future) -> {
            ServiceDocuments.Fetched fetched = future.resultNow();
            if (fetched.isThere()) {
                joined.add(service, fetched.document());
            } else {
                joined.missing(service, fetched.unavailable());
            }
        });
        return joined.document();
    }
}
