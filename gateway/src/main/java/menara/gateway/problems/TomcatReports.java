package menara.gateway.problems;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Puts {@link ProblemReportValve} where Tomcat reports errors, and limits how many headers it reads. */
@Component
class TomcatReports implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** A browser sends about 20; each one costs every filter a look. */
    private static final int MAX_HEADERS = 64;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
        factory.addConnectorCustomizers(
                connector -> connector.setProperty("maxHeaderCount", Integer.toString(MAX_HEADERS)));
    }
}
