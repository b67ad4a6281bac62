package menara.gateway.portal;

import java.util.Map;
import org.springframework.boot.web.server.MimeMappings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/** The portal's files name their character encoding, so that no browser guesses. */
@Component
class PortalFiles implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        factory.addMimeMappings(new MimeMappings(Map.of(
                "html", "text/html;charset=utf-8",
                "css", "text/css;charset=utf-8",
                "js", "text/javascript;charset=utf-8")));
    }
}
