package menara.bench.billing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import menara.bench.Child;
import menara.bench.Server;
import menara.billing.BillingApplication;
import menara.testkit.TestTokens;

/** The billing service in a JVM of its own, with the heap and the compiler that it has in operation. */
final class BillingProcess implements AutoCloseable {

    private static final String HEAP = "160m";
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Pattern USED = Pattern.compile("generation.* used (\\d+)K");
    private static final double KILO_PER_MEGA = 1_024;

    private final TestTokens tokens = new TestTokens("billing-service");
    private final Child process;
    private final BillingClient client;
    private final double startSeconds;

    /** Returns when it answers. */
    BillingProcess(Server server) throws IOException, InterruptedException {
        int port = freePort();
        long began = System.nanoTime();
        process = Child.service(HEAP, BillingApplication.class, RunningBilling.arguments(server, tokens, port));
        client = new BillingClient("http://127.0.0.1:" + port, tokens);
        awaitAnswer(began);
        startSeconds = (System.nanoTime() - began) / 1e9;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(long began) throws IOException, InterruptedException {
        while (true) {
            try {
                client.get("/api/billing/contracts?limit=1");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - began > START_LIMIT.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    BillingClient client() {
        return client;
    }

    /** From starting the process until it answered. */
    double startSeconds() {
        return startSeconds;
    }

    /** What is in use of the heap after a collection. */
    double liveMegabytes() throws IOException, InterruptedException {
        process.command("GC.run");
        long kilobytes = USED.matcher(process.command("GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
        return kilobytes / KILO_PER_MEGA;
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
        tokens.close();
    }
}
