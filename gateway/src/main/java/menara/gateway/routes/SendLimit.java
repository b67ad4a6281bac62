package menara.gateway.routes;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Limits the time in which a service must receive a body. A socket's own timeout is for reading: a write to a service that accepts and
 * never reads lasts until that service closes, and keeps a connection, the request's thread and the memory of its body until then. The
 * connection of a write that takes too long is closed.
 */
final class SendLimit implements ExecChainHandler, AutoCloseable {

    private final Duration limit;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("send-limit").factory());

    SendLimit(Duration limit) {
        this.limit = limit;
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var body = request.getEntity();
        if (body != null) {
            request.setEntity(new Limited(body, scope.execRuntime));
        }
        return chain.proceed(request, scope);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private final class Limited extends HttpEntityWrapper {

        private final ExecRuntime connection;

        Limited(HttpEntity body, ExecRuntime connection) {
            super(body);
            this.connection = connection;
        }

        @Override
        public void writeTo(OutputStream service) throws IOException {
            var late = new AtomicBoolean();
            var end = clock.schedule(
                    () -> {
                        late.set(true);
                        connection.discardEndpoint();
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                super.writeTo(service);
                service.flush(); // the rest of the buffer may have to wait as well
            } catch (IOException broken) {
                if (late.get()) {
                    var tooSlow = new SocketTimeoutException("the body was not taken in within " + limit);
                    tooSlow.initCause(broken);
                    throw tooSlow;
                }
                throw broken;
            } finally {
                end.cancel(false);
            }
        }
    }
}
