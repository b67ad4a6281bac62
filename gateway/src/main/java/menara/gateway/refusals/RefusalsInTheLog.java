package menara.gateway.refusals;

import java.time.Clock;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tomcat with {@link Refusals}. */
@Component
class RefusalsInTheLog implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Clock clock;

    RefusalsInTheLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Refusals(new RefusalLines(clock)));
    }
}
