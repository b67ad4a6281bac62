package menara.gateway.problems;

import java.io.IOException;
import menara.gateway.headers.BrowserHeaders;
import menara.platform.web.Problem;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Tomcat's refusals before any filter has run (a header line it cannot read, a bad path): its HTML report names the server. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int code = response.getStatus();
        // The same guards as Tomcat's: no error, or one that is reported already.
        if (code < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        BrowserHeaders.again(request, response);
        try {
            Problem.of(status == null ? HttpStatus.BAD_REQUEST : status).writeTo(response.getResponse());
            response.finishResponse();
        } catch (IOException gone) {
            containerLogger(request).debug("the client did not wait for the refusal", gone);
        }
    }

    private static org.apache.juli.logging.Log containerLogger(Request request) {
        return request.getConnector().getService().getContainer().getLogger();
    }
}
