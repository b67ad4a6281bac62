package menara.embeddedmongodb;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Binds the library's codec and database handler to a port. The library's own server has no place for {@link Admission} and
 * {@link CommitBeforeReply}, which are the reason for this class.
 */
final class WireServer implements AutoCloseable {

    private static final int PENDING_CONNECTIONS = 256;

    /** Commands of one loop wait for each other; more loops than cores help while some wait for a commit. */
    private static final int EVENT_LOOPS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final int CLOSE_LIMIT_SECONDS = 5;

    private final EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());
    private final ChannelGroup clients = new DefaultChannelGroup("embedded-mongodb-clients", loops.next());
    private final Channel listener;

    /**
     * @param users users that may connect; null admits all
     * @throws IOException if the port cannot be bound
     */
    WireServer(MongoBackend backend, @Nullable GroupCommit commits, @Nullable Users users, int port)
            throws IOException {
        var cursors = new Cursors();
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, PENDING_CONNECTIONS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new MongoWireReplyEncoder(),
                                        new MongoWireMessageEncoder(),
                                        new MongoWireProtocolHandler());
                        if (users != null) {
                            channel.pipeline().addLast(new Admission(users, cursors));
                        }
                        if (commits != null) {
                            channel.pipeline().addLast(new CommitBeforeReply(commits));
                        }
                        channel.pipeline()
                                .addLast(new MongoDatabaseHandler(backend, clients), new MongoExceptionHandler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        listener = bound.channel();
        if (!bound.isSuccess()) {
            stopLoops();
            throw new IOException("cannot listen on port " + port, bound.cause());
        }
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        clients.close().awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        stopLoops();
    }

    private void stopLoops() {
        acceptor.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        loops.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
