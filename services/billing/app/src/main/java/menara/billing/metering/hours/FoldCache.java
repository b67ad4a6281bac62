package menara.billing.metering.hours;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Folded months kept in memory, as many as fit into a share of it. */
final class FoldCache {

    private static final int HEAP_SHARE = 8;

    private final Cache<String, HourFold> folds;

    FoldCache(long maxBytes) {
        this.folds = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String log, HourFold fold) -> fold.bytes())
                .executor(Runnable::run)
                .build();
    }

    static FoldCache inHeap() {
        return new FoldCache(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    HourFold get(String log) {
        var fold = folds.getIfPresent(log);
        return fold == null ? HourFold.EMPTY : fold;
    }

    /** Keeps a fold unless a more advanced one is kept. */
    void put(String log, HourFold fold) {
        folds.asMap().merge(log, fold, (kept, later) -> kept.next() > later.next() ? kept : later);
    }
}
