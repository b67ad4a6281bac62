package menara.gateway.connections;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;

/**
 * Handles bodies that were refused unread. Tomcat would read on, as slowly as the client sends, to keep the connection; a client could hold
 * a thread for as long as it likes. Closing at once would cause a reset, and the client would not see why it was refused. So the bytes that
 * have arrived are read, a few connections are read a little longer, and then the connection is closed.
 */
final class UnreadBodies extends ValveBase {

    private static final int ARRIVED_BYTES = 64 * 1024;
    private static final int LISTENED_BYTES = 32 * 1024 * 1024;
    private static final Duration LISTENED_FOR = Duration.ofSeconds(2);
    private static final int LISTENED_TO = 32;
    /** A client that sends nothing for so long is reading. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Semaphore listening = new Semaphore(LISTENED_TO);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (isRead(request)) {
            return;
        }
        try {
            readWhatArrived(request);
            if (!isRead(request)) {
                close(request, response);
            }
        } catch (IOException gone) {
            request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
        }
    }

    private void close(Request request, Response response) throws IOException {
        if (!response.isCommitted()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        response.finishResponse();
        if (listening.tryAcquire()) {
            try {
                listen(request);
            } finally {
                listening.release();
            }
        }
        request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    }

    private static boolean isRead(Request request) {
        AtomicBoolean read = new AtomicBoolean();
        request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    // Bypasses the servlet's stream, which the handler may have closed.
    private static void readWhatArrived(Request request) throws IOException {
        org.apache.coyote.Request body = request.getCoyoteRequest();
        for (int read = 0; read < ARRIVED_BYTES && hasArrived(body); ) {
            int got = body.doRead(new Discarded());
            if (got < 0) {
                return;
            }
            read += got;
        }
    }

    private static boolean hasArrived(org.apache.coyote.Request body) {
        body.action(ActionCode.AVAILABLE, true);
        return body.getAvailable() > 0;
    }

    // Polls, because a blocking read would wait as long as the client likes, up to the connection's own time limit.
    private static void listen(Request request) throws IOException {
        org.apache.coyote.Request body = request.getCoyoteRequest();
        long startedNanos = System.nanoTime();
        long lastNanos = startedNanos;
        int heard = 0;
        int got = 0;
        while (got >= 0
                && heard < LISTENED_BYTES
                && System.nanoTime() - startedNanos < LISTENED_FOR.toNanos()
                && System.nanoTime() - lastNanos < QUIET.toNanos()) {
            if (hasArrived(body)) {
                got = body.doRead(new Discarded());
                heard += got;
                lastNanos = System.nanoTime();
            } else {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /** Takes what Tomcat read and forgets it. */
    private static final class Discarded implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // There is nothing to keep it in.
        }
    }
}
