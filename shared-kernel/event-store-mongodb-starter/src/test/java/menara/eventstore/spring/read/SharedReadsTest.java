package menara.eventstore.spring.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedReadsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void whoComesWhileAQuestionIsOnItsWaySharesTheNextOne() throws Exception {
        var questions = new CopyOnWriteArrayList<Set<Integer>>();
        var gate = new Semaphore(0);
        var reads = new SharedReads<Integer, String>(keys -> {
            questions.add(Set.copyOf(keys));
            gate.acquireUninterruptibly();
            return keys.stream().collect(Collectors.toMap(key -> key, key -> "document " + key));
        });
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = askers.submit(() -> reads.find(Set.of(0)));
            await().atMost(LIMIT).until(() -> questions.size() == 1);
            var arrived = new AtomicInteger();
            var later = IntStream.rangeClosed(1, 50)
                    .mapToObj(key -> askers.submit(() -> {
                        arrived.incrementAndGet();
                        return reads.find(Set.of(key));
                    }))
                    .toList();
            await().atMost(LIMIT).until(() -> arrived.get() == 50);
            gate.release(100);

            assertThat(first.get()).isEqualTo(Map.of(0, "document 0"));
            for (int i = 0; i < 50; i++) {
                assertThat(later.get(i).get()).isEqualTo(Map.of(i + 1, "document " + (i + 1)));
            }
        }
        assertThat(questions.size()).isLessThan(25);
    }

    @Test
    void nobodyIsGivenWhatWasReadBeforeTheyCame() throws Exception {
        var written = new AtomicLong();
        var reads = new SharedReads<String, Long>(keys -> {
            long seen = written.get();
            LockSupport.parkNanos(1_000); // what is written from here on is not in this answer
            return Map.of("counter", seen);
        });
        var stale = new CopyOnWriteArrayList<String>();
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                askers.submit(() -> {
                    for (int turn = 0; turn < 2_000; turn++) {
                        long own = written.incrementAndGet();
                        long read = reads.find(Set.of("counter")).getOrDefault("counter", -1L);
                        if (read < own) {
                            stale.add("wrote %d and read %d".formatted(own, read));
                        }
                    }
                });
            }
        }
        assertThat(stale).isEmpty();
    }

    @Test
    void afterAQuestionThatFailedTheNextIsAsked() throws Exception {
        var answers = new ConcurrentHashMap<Integer, String>(Map.of(1, "one"));
        var failing = new AtomicInteger(3);
        var reads = new SharedReads<Integer, String>(keys -> {
            if (failing.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is away");
            }
            return answers;
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> reads.find(Set.of(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the database is away");
        }
        assertThat(reads.find(Set.of(1))).isEqualTo(Map.of(1, "one"));
    }

    @Test
    void everybodyIsAnsweredWhateverTheSizesAndFaults() throws Exception {
        var reads = new SharedReads<Integer, Integer>(keys -> {
            if (ThreadLocalRandom.current().nextInt(20) == 0) {
                throw new IllegalStateException("now and then");
            }
            return keys.stream().filter(key -> key % 2 == 0).collect(Collectors.toMap(key -> key, key -> 10 * key));
        });
        var answered = new AtomicInteger();
        var wrong = new CopyOnWriteArrayList<Map<Integer, Integer>>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            var random = ThreadLocalRandom.current();
                            for (int turn = 0; turn < 200; turn++) {
                                var keys = random.ints(random.nextInt(1, 120), 0, 5_000)
                                        .boxed()
                                        .collect(Collectors.toSet());
                                try {
                                    var found = reads.find(keys);
                                    if (!found.equals(keys.stream()
                                            .filter(key -> key % 2 == 0)
                                            .collect(Collectors.toMap(key -> key, key -> 10 * key)))) {
                                        wrong.add(found);
                                    }
                                } catch (IllegalStateException _) {
                                    // counted as answered
                                }
                                answered.incrementAndGet();
                            }
                        },
                        askers));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(40, TimeUnit.SECONDS);
        }
        assertThat(wrong).isEmpty();
        assertThat(answered).hasValue(64 * 200);
    }
}
