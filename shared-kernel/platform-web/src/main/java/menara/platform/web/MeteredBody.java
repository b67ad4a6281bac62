package menara.platform.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body is counted while it is read; reading stops at the limit. */
final class MeteredBody extends HttpServletRequestWrapper {

    private final long maxBytes;
    private final BodiesInFlight inFlight;
    private final String party;
    private long read;
    private long held;
    private @Nullable ServletInputStream metered;

    MeteredBody(HttpServletRequest request, long maxBytes, BodiesInFlight inFlight, String party) {
        super(request);
        this.maxBytes = maxBytes;
        this.inFlight = inFlight;
        this.party = party;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (metered == null) {
            metered = new Metered(super.getInputStream());
        }
        return metered;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** The bytes read so far are no longer held. */
    void release() {
        inFlight.give(party, held);
        held = 0;
    }

    private void count(int bytes) {
        if (bytes <= 0) {
            return;
        }
        if (read + bytes > maxBytes) {
            throw BodyRefused.tooLarge(maxBytes);
        }
        if (!inFlight.take(party, bytes)) {
            throw BodyRefused.busy();
        }
        read += bytes;
        held += bytes;
    }

    private final class Metered extends ServletInputStream {

        private final ServletInputStream in;

        Metered(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, length);
            count(got);
            return got;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
