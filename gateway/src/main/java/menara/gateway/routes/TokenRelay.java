package menara.gateway.routes;

import menara.gateway.security.Access;
import menara.gateway.security.AccessTokens;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Sends the caller's access token to the service, and no other credentials of a browser. */
@Component
class TokenRelay implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private final AccessTokens tokens;

    TokenRelay(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        return switch (tokens.of(request.servletRequest())) {
            case Access.Refused refused -> refused.problem().answer();
            case Access.Token token ->
                next.handle(ServerRequest.from(request)
                        .headers(headers -> {
                            headers.setBearerAuth(token.value());
                            headers.remove("Cookie");
                            headers.remove("X-XSRF-TOKEN");
                        })
                        .build());
        };
    }
}
