package menara.billing.usage.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Clients or instances that work at the same time. */
final class Together {

    private Together() {}

    /** Returns when all is done, and fails with whatever one of them fails with. */
    static void run(List<Runnable> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(work.stream()
                            .map(one -> CompletableFuture.runAsync(one, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }
}
