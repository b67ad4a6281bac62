package menara.eventstore.spring.due;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.eventstore.mongodb.machine.Rounds;
import menara.eventstore.spring.Background;
import menara.eventstore.spring.DueWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Claims due work and does it, one item after the other. Work that fails is tried again after its claim has lapsed. */
public final class DueDatePoller implements SmartLifecycle, Background {

    private static final Logger LOG = LoggerFactory.getLogger(DueDatePoller.class);

    private static final Duration PAUSE = Duration.ofMillis(250);

    /** One piece of work that takes longer keeps all others waiting. */
    private static final Duration MAX_WORK = Duration.ofMinutes(2);

    private final MongoDueDates due;
    private final Map<String, DueWork> work;
    private volatile boolean running;
    private volatile @Nullable Busy busy;
    private Rounds rounds = new Rounds("due-dates", this::poll);

    public DueDatePoller(MongoDueDates due, List<DueWork> work) {
        this.due = due;
        this.work = work.stream().collect(Collectors.toMap(DueWork::kind, Function.identity()));
    }

    private record Busy(MongoDueDates.Taken with, long sinceNanos) {}

    @Override
    public void start() {
        running = true;
        rounds = new Rounds("due-dates", this::poll);
        rounds.start();
    }

    private long poll() {
        for (var item = due.take(); running && item.isPresent(); item = due.take()) {
            run(item.get());
        }
        return PAUSE.toNanos();
    }

    private void run(MongoDueDates.Taken item) {
        var worker = work.get(item.kind());
        if (worker == null) {
            LOG.warn("this instance has no bean for due work of kind {}; left for another instance", item.kind());
            return;
        }
        busy = new Busy(item, System.nanoTime());
        try {
            worker.run(item.id(), item.dueAt());
            due.complete(item);
        } catch (RuntimeException e) {
            LOG.error("due work {} {} failed and will be tried again", item.kind(), item.id(), e);
        } finally {
            busy = null;
        }
    }

    @Override
    public String name() {
        return "due-dates";
    }

    @Override
    public Optional<String> trouble() {
        if (!running) {
            return Optional.of("not running");
        }
        var hangs = Optional.ofNullable(busy)
                .filter(work -> System.nanoTime() - work.sinceNanos() > MAX_WORK.toNanos())
                .map(work -> "busy with %s %s for too long"
                        .formatted(work.with().kind(), work.with().id()));
        return hangs.or(() -> rounds.fault().map(fault -> "stand still: " + fault.getMessage()));
    }

    @Override
    public void stop() {
        running = false;
        rounds.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
