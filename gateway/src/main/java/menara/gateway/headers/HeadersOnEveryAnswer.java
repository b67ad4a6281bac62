package menara.gateway.headers;

import menara.gateway.GatewayProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tomcat with {@link BrowserHeaders}. */
@Component
class HeadersOnEveryAnswer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final GatewayProperties properties;

    HeadersOnEveryAnswer(GatewayProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new BrowserHeaders(properties.https()));
    }
}
