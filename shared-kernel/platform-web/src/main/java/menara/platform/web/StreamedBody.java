package menara.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.WebUtils;

/** For readers that process a long body in chunks and release each. */
public final class StreamedBody {

    private StreamedBody() {}

    /** The bytes read so far are no longer held, which makes room for others. */
    public static void forget(HttpServletRequest request) {
        var body = WebUtils.getNativeRequest(request, MeteredBody.class);
        if (body != null) {
            body.release();
        }
    }
}
