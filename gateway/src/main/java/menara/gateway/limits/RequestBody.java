package menara.gateway.limits;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import menara.gateway.problems.Problem;
import org.springframework.http.HttpStatus;

/**
 * A request body that counts what passes, since a chunked one does not say its size. It remembers why it ended, so that whoever
 * forwards it can tell the client's failure from the service's.
 */
public final class RequestBody extends ServletInputStream {

    private static final String ATTRIBUTE = RequestBody.class.getName();

    private final ServletInputStream body;
    private final long limitBytes;
    private final Duration uploadTime;
    private final long startedNanos = System.nanoTime();
    private long bytes;
    private Optional<Problem> refusal = Optional.empty();
    private Runnable whenBroken = () -> {};

    RequestBody(HttpServletRequest request, ServletInputStream body, long limitBytes, Duration uploadTime) {
        this.body = body;
        this.limitBytes = limitBytes;
        this.uploadTime = uploadTime;
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Why the body of this request could not be read to its end, if that was the client's doing. */
    public static Optional<Problem> refusalOf(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestBody body ? body.refusal : Optional.empty();
    }

    /**
     * What to do the moment the body of this request turns out not to come whole, before whoever reads it is told.
     *
     * @param abort must not block
     */
    public static void whenBroken(ServletRequest request, Runnable abort) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestBody body) {
            body.whenBroken = abort;
        }
    }

    static Problem tooLarge(long limitBytes) {
        return Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "too-large",
                        "The body is larger than %d bytes; send it in smaller parts.".formatted(limitBytes))
                .about("limitBytes", limitBytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (System.nanoTime() - startedNanos > uploadTime.toNanos()) {
            throw refuse(tooSlow(), "upload took too long");
        }
        int read = readOnce(buffer, offset, length);
        bytes += Math.max(0, read);
        if (bytes > limitBytes) {
            throw refuse(tooLarge(limitBytes), "body over its limit");
        }
        return read;
    }

    private int readOnce(byte[] buffer, int offset, int length) throws IOException {
        try {
            return body.read(buffer, offset, length);
        } catch (IOException brokenOff) {
            refuse(tooSlow(), "body broken off");
            throw brokenOff;
        }
    }

    private IOException refuse(Problem problem, String message) {
        refusal = Optional.of(problem);
        whenBroken.run();
        return new IOException(message);
    }

    private Problem tooSlow() {
        return Problem.of(
                HttpStatus.REQUEST_TIMEOUT,
                "body-incomplete",
                "The body did not arrive whole within %d seconds; send it again.".formatted(uploadTime.toSeconds()));
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
