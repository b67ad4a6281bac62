package menara.billing.usage.log;

import java.util.Arrays;
import java.util.List;

/** The work of counting each document that is not counted yet. Not thread-safe, except for its begin. */
public final class MeteringWork {

    /** The cost of reading an event, relative to adding to an hour. */
    public static final int PER_EVENT = 128;

    /** Bytes of names that weigh as much as an hour. */
    private static final int BYTES_PER_WORK = 2;

    /** Counted documents kept here before their memory is freed. */
    private static final int MAX_COUNTED = 4_096;

    private int[] work = new int[64];
    private int size;

    /** Place of the first document. */
    private volatile int from;

    MeteringWork(int from) {
        this.from = from;
    }

    static int of(UsageDocuments.Marked document) {
        return document.bytes() / BYTES_PER_WORK
                + document.marks().stream()
                        .mapToInt(mark -> PER_EVENT + mark.hours())
                        .sum();
    }

    /** How many of the documents, from the first on, are counted in one go: one at least, then as many as are not much work. */
    static int documents(List<UsageDocuments.Marked> documents, int maxWork) {
        long sum = 0;
        int taken = 0;
        for (var document : documents) {
            sum += of(document);
            if (taken > 0 && sum > maxWork) {
                break;
            }
            taken++;
        }
        return taken;
    }

    int from() {
        return from;
    }

    void add(int ofDocument) {
        if (size == work.length) {
            work = Arrays.copyOf(work, size * 2);
        }
        work[size++] = ofDocument;
    }

    /** End of the batch from {@code counted} on; earlier documents are not asked for again. */
    int batchEnd(int counted, int maxDocuments, int maxWork) {
        forgetUntil(counted);
        int at = counted - from;
        int last = Math.min(size, at + maxDocuments);
        int end = at;
        long sum = 0;
        while (end < last && (end == at || sum + work[end] <= maxWork)) {
            sum += work[end++];
        }
        return from + end;
    }

    private void forgetUntil(int counted) {
        int passed = counted - from;
        if (passed > MAX_COUNTED) {
            work = Arrays.copyOfRange(work, passed, Math.max(size, passed + 64));
            size -= passed;
            from = counted;
        }
    }
}
