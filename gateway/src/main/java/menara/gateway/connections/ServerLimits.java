package menara.gateway.connections;

import menara.gateway.GatewayProperties;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tomcat with {@link SharedConnections} and {@link UnreadBodies}. */
@Component
class ServerLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final GatewayProperties properties;

    ServerLimits(GatewayProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(SharedConnections.class.getName());
        factory.addEngineValves(new UnreadBodies());
        factory.addConnectorCustomizers(this::limit);
    }

    private void limit(Connector connector) {
        if (connector.getProtocolHandler() instanceof SharedConnections shared) {
            shared.setHeaderTime(properties.limits().header());
        }
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            // A client that expects 100-continue is answered by the reader of the body, which may refuse it.
            http.setContinueResponseTiming("onRead");
        }
    }
}
