package menara.billing.fx.feeds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails instead of reading more than a limit. */
final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream in, long maxBytes) {
        super(in);
        this.left = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new IOException("the answer is longer than the limit");
        }
    }
}
