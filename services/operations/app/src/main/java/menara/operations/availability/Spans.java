package menara.operations.availability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import menara.values.Period;

/**
 * A set of whole seconds: disjoint half-open spans in order.
 *
 * @param spans no two of them overlap or touch
 */
record Spans(List<Span> spans) {

    static final Spans NONE = new Spans(List.of());

    /**
     * @param from first second inside, since the epoch
     * @param until first second after
     */
    record Span(long from, long until) {}

    /**
     * The time that at least one of {@code periods} covers. Fractions of seconds are cut off at both ends, so that adjacent periods stay
     * adjacent.
     */
    static Spans union(Collection<Period> periods) {
        var ordered = periods.stream()
                .map(period ->
                        new Span(period.from().getEpochSecond(), period.until().getEpochSecond()))
                .filter(span -> span.from() < span.until())
                .sorted(Comparator.comparingLong(Span::from))
                .toList();
        var merged = new ArrayList<Span>();
        for (var span : ordered) {
            if (merged.isEmpty() || merged.getLast().until() < span.from()) {
                merged.add(span);
            } else {
                var last = merged.removeLast();
                merged.add(new Span(last.from(), Math.max(last.until(), span.until())));
            }
        }
        return new Spans(List.copyOf(merged));
    }

    /** The time that both cover. */
    Spans intersection(Spans other) {
        var common = new ArrayList<Span>();
        int mine = 0;
        int theirs = 0;
        while (mine < spans.size() && theirs < other.spans.size()) {
            var a = spans.get(mine);
            var b = other.spans.get(theirs);
            long from = Math.max(a.from(), b.from());
            long until = Math.min(a.until(), b.until());
            if (from < until) {
                common.add(new Span(from, until));
            }
            if (a.until() < b.until()) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new Spans(List.copyOf(common));
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    long seconds() {
        return spans.stream().mapToLong(span -> span.until() - span.from()).reduce(0, Math::addExact);
    }
}
