package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** For those who read a long body piece by piece and let go of each. */
public final class StreamedBody {

    private StreamedBody() {}

    /** What was read of the body so far is not held any more; it makes room for others. */
    public static void forget(HttpServletRequest request) {
        var body = WebUtils.getNativeRequest(request, MeteredBody.class);
        if (body != null) {
            body.release();
        }
    }
}
