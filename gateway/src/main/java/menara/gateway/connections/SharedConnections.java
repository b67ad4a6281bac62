package menara.gateway.connections;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's connections, always with room for a new one. By default Tomcat accepts no connection when all are taken, and sets no total time
 * limit for a header that arrives byte by byte: a few hundred sockets could block the gateway. Here the connection that has waited longest
 * is closed for a new one, and the lines of a request share one time limit.
 *
 * <p>A connection waits when it is idle between two requests or has not sent the whole of its header; while a request is worked on, its
 * lock is held and it is left alone.
 */
public final class SharedConnections extends Http11NioProtocol {

    /** Accepted while others are being closed, so that Tomcat itself never stops accepting. */
    private static final int HEADROOM = 32;

    private static final long LOOKS_EVERY_MILLIS = 500;

    private final Endpoint endpoint;
    private final Map<SocketWrapperBase<NioChannel>, Long> unfinishedSince = new WeakHashMap<>();
    private Duration headerTime = Duration.ofSeconds(5);
    private @Nullable ScheduledFuture<?> looking;

    /** Tomcat makes it by its name. */
    public SharedConnections() {
        this(new Endpoint());
    }

    private SharedConnections(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void setHeaderTime(Duration headerTime) {
        this.headerTime = headerTime;
    }

    @Override
    public void start() throws Exception {
        super.start();
        looking = getUtilityExecutor()
                .scheduleWithFixedDelay(
                        this::closeUnfinished, LOOKS_EVERY_MILLIS, LOOKS_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looking != null) {
            looking.cancel(false);
        }
        super.stop();
    }

    /** A header must be complete within this time, even if bytes of it keep arriving. */
    private void closeUnfinished() {
        long now = System.nanoTime();
        endpoint.getConnections()
                .forEach(connection -> whileWaiting(connection, waiting -> {
                    if (waiting.getCurrentProcessor() == null) {
                        unfinishedSince.remove(waiting);
                    } else if (now - unfinishedSince.computeIfAbsent(waiting, _ -> now) > headerTime.toNanos()) {
                        waiting.close();
                    }
                }));
    }

    /** @return whether the connection was waiting */
    private static boolean whileWaiting(
            SocketWrapperBase<NioChannel> connection, Consumer<SocketWrapperBase<NioChannel>> action) {
        if (!connection.getLock().tryLock()) {
            return false;
        }
        try {
            action.accept(connection);
            return true;
        } finally {
            connection.getLock().unlock();
        }
    }

    /** Sorted by a copy of the times, because they change while connections work, which would break the sort. */
    static <C> List<C> longestFirst(Collection<C> connections, ToLongFunction<? super C> lastRead) {
        record Seen<C>(C connection, long lastRead) {}
        return connections.stream()
                .map(connection -> new Seen<>(connection, lastRead.applyAsLong(connection)))
                .sorted(Comparator.comparingLong(Seen::lastRead))
                .map(Seen::connection)
                .toList();
    }

    private static final class Endpoint extends NioEndpoint {

        @Override
        protected boolean setSocketOptions(SocketChannel arrived) {
            boolean room = false;
            try {
                room = getConnections().size() < getMaxConnections() - HEADROOM || somebodyMadeWay();
            } finally {
                if (!room) {
                    // Tomcat only closes what it has set up; left to it, this one would be counted for ever.
                    destroySocket(arrived);
                }
            }
            return room && super.setSocketOptions(arrived);
        }

        private boolean somebodyMadeWay() {
            return longestFirst(getConnections(), connection -> ((NioSocketWrapper) connection).getLastRead()).stream()
                    .anyMatch(connection -> whileWaiting(connection, SocketWrapperBase::close));
        }
    }
}
