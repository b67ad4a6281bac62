package menara.billing.metering;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Folded months kept in memory, those used last. */
final class FoldCache {

    /** Months kept, up to 140 KB of hours each. */
    static final int MAX_FOLDS = 300;

    /** Readings kept in all of them together, 200 bytes each; the month used last is kept whatever its size. */
    static final int MAX_READINGS = 500_000;

    private final SequencedMap<String, HourFold> folds = new LinkedHashMap<>(16, 0.75f, true);
    private int readings;

    synchronized HourFold get(String log) {
        return folds.getOrDefault(log, HourFold.EMPTY);
    }

    /** Keeps a fold unless one is kept that has come further. */
    synchronized void put(String log, HourFold fold) {
        if (get(log).next() > fold.next()) {
            return;
        }
        var before = folds.put(log, fold);
        readings += fold.size() - (before == null ? 0 : before.size());
        while (folds.size() > MAX_FOLDS || (readings > MAX_READINGS && folds.size() > 1)) {
            var eldest = folds.pollFirstEntry();
            readings -= eldest == null ? 0 : eldest.getValue().size();
        }
    }
}
