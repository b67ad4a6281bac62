package menara.gateway.limits;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.platform.web.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request body that is received whole before it is passed on: a client that sends slowly, breaks off or sends too much then harms only
 * itself, and no service sees an incomplete request. It counts what arrives, since a chunked body does not say its size.
 */
public final class RequestBody extends ServletInputStream {

    private static final String ATTRIBUTE = RequestBody.class.getName();
    private static final int SEGMENT_BYTES = 16 * 1024;

    /**
     * @param limitBytes largest body
     * @param time for all of it to arrive
     * @param party whose memory it counts against
     */
    record Rule(long limitBytes, Duration time, String party) {}

    private final ServletInputStream source;
    private final BodyMemory memory;
    private final Rule rule;
    private final List<byte[]> segments = new ArrayList<>();
    private long takenBytes;
    private long length;
    private long position;

    private RequestBody(ServletInputStream source, BodyMemory memory, Rule rule) {
        this.source = source;
        this.memory = memory;
        this.rule = rule;
    }

    static RequestBody of(HttpServletRequest request, BodyMemory memory, Rule rule) throws IOException {
        RequestBody body = new RequestBody(request.getInputStream(), memory, rule);
        request.setAttribute(ATTRIBUTE, body);
        return body;
    }

    /** Receives the body of this request, if it has one. Returns why that was not possible. */
    public static Optional<Problem> receive(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestBody body ? body.receive() : Optional.empty();
    }

    /** Bytes of the body that was received; nothing if the request has none. */
    public static Optional<Long> length(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestBody body
                ? Optional.of(body.length)
                : Optional.empty();
    }

    static Problem tooLarge(long limitBytes) {
        return Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "too-large",
                        "The body is larger than %d bytes; send it in smaller parts.".formatted(limitBytes))
                .about("limitBytes", limitBytes)
                .header(HttpHeaders.CONNECTION, "close");
    }

    private Optional<Problem> receive() {
        long startedNanos = System.nanoTime();
        try {
            while (true) {
                if (System.nanoTime() - startedNanos > rule.time().toNanos()) {
                    return Optional.of(incomplete());
                }
                int offset = (int) (length % SEGMENT_BYTES);
                Optional<Problem> noRoom = offset == 0 ? nextSegment() : Optional.empty();
                if (noRoom.isPresent()) {
                    return noRoom;
                }
                int read = source.read(segments.getLast(), offset, SEGMENT_BYTES - offset);
                if (read < 0) {
                    return Optional.empty();
                }
                length += read;
                if (length > rule.limitBytes()) {
                    return Optional.of(tooLarge(rule.limitBytes()));
                }
            }
        } catch (IOException brokenOff) {
            return Optional.of(incomplete());
        }
    }

    private Optional<Problem> nextSegment() {
        if (segments.size() > length / SEGMENT_BYTES) {
            return Optional.empty();
        }
        Optional<Problem> noRoom = memory.take(rule.party(), SEGMENT_BYTES);
        if (noRoom.isEmpty()) {
            takenBytes += SEGMENT_BYTES;
            segments.add(new byte[SEGMENT_BYTES]);
        }
        return noRoom;
    }

    private Problem incomplete() {
        return Problem.of(
                        HttpStatus.REQUEST_TIMEOUT,
                        "body-incomplete",
                        "The body did not arrive whole within %d seconds; send it again."
                                .formatted(rule.time().toSeconds()))
                .header(HttpHeaders.CONNECTION, "close");
    }

    void release() {
        segments.clear();
        length = 0;
        memory.release(rule.party(), takenBytes);
        takenBytes = 0;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) {
        if (isFinished()) {
            return -1;
        }
        int from = (int) (position % SEGMENT_BYTES);
        int count = (int) Math.min(Math.min(wanted, SEGMENT_BYTES - from), length - position);
        System.arraycopy(segments.get((int) (position / SEGMENT_BYTES)), from, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public boolean isFinished() {
        return position >= length;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("a received body is read at once");
    }
}
