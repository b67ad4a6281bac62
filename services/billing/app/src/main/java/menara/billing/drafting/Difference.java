package menara.billing.drafting;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import menara.values.Money;

/**
 * What is left to ask for a month: its lines as of now, or the conceded amount if that is more, less what invoices have asked for it
 * already. The lines always add up to that difference.
 */
final class Difference {

    /** Key of the line that keeps a month's sum at the conceded amount. */
    static final String CONCEDED = "conceded";

    private Difference() {}

    /**
     * The lines of a draft: what is left to ask for its own month, and the differences of earlier months that were invoiced.
     *
     * @param since earliest month that the draft looks back to
     * @param accrued the lines of a month as of now; none if it does not lie in the term
     */
    static List<InvoiceLine> draft(
            YearMonth month,
            YearMonth since,
            AskedFor asked,
            Function<YearMonth, List<InvoiceLine>> accrued,
            Money nothing) {
        var lines = new ArrayList<>(
                first(month, due(month, accrued.apply(month), asked, nothing), asked.in(month), nothing));
        for (var earlier = since; earlier.isBefore(month); earlier = earlier.plusMonths(1)) {
            // A month whose invoices are all void or cancelled is invoiced anew, not adjusted.
            if (asked.stands(earlier)) {
                lines.addAll(adjustment(
                        earlier, due(earlier, accrued.apply(earlier), asked, nothing), asked.in(earlier), nothing));
            }
        }
        return lines;
    }

    /** What is to be asked for a month; where that is more than the month came to, a line says so. */
    private static List<InvoiceLine> due(YearMonth month, List<InvoiceLine> accrued, AskedFor asked, Money nothing) {
        var sum = Money.sum(accrued.stream().map(InvoiceLine::net).toList(), nothing.currency());
        var more = asked.due(month, sum).minus(sum);
        if (more.isZero()) {
            return accrued;
        }
        var lines = new ArrayList<>(accrued);
        lines.add(InvoiceLine.plain(
                CONCEDED,
                month,
                "Let off before",
                "%s of %s were let off and are not given back again; its charges come to %s"
                        .formatted(sum.plus(more), month, sum),
                more));
        return lines;
    }

    /** The lines of a month that is invoiced now; lines that no invoice has asked for stay as they were rated. */
    private static List<InvoiceLine> first(
            YearMonth month, List<InvoiceLine> now, Map<String, Money> asked, Money nothing) {
        if (asked.isEmpty()) {
            return now;
        }
        var left = new ArrayList<InvoiceLine>();
        now.stream().filter(line -> !asked.containsKey(line.key())).forEach(left::add);
        var again = now.stream().filter(line -> asked.containsKey(line.key())).toList();
        left.addAll(of(month, again, asked, nothing, "of which other invoices ask for"));
        return settled(left, nothing);
    }

    /** The lines of an earlier month that was invoiced. */
    private static List<InvoiceLine> adjustment(
            YearMonth month, List<InvoiceLine> now, Map<String, Money> asked, Money nothing) {
        return settled(of(month, now, asked, nothing, "invoiced"), nothing);
    }

    private static List<InvoiceLine> of(
            YearMonth month, List<InvoiceLine> now, Map<String, Money> asked, Money nothing, String words) {
        var current = new LinkedHashMap<String, InvoiceLine>();
        now.forEach(line -> current.merge(line.key(), line, Difference::together));
        var keys = new LinkedHashSet<>(current.keySet());
        keys.addAll(asked.keySet());
        var lines = new ArrayList<InvoiceLine>();
        for (var key : keys) {
            var line = current.get(key);
            var is = line == null ? nothing : line.net();
            var was = asked.getOrDefault(key, nothing);
            if (!is.equals(was)) {
                lines.add(InvoiceLine.plain(
                        key,
                        month,
                        line == null ? "Adjustment" : line.product(),
                        "adjustment of %s: %s, %s %s"
                                .formatted(
                                        month, line == null ? nothing : is + " for " + line.explanation(), words, was),
                        is.minus(was)));
            }
        }
        return lines;
    }

    private static InvoiceLine together(InvoiceLine one, InvoiceLine other) {
        return InvoiceLine.plain(
                one.key(),
                one.month(),
                one.product(),
                one.explanation(),
                one.net().plus(other.net()));
    }

    /** If the month's sum was asked for correctly, lines that only move money between keys are left out. */
    private static List<InvoiceLine> settled(List<InvoiceLine> lines, Money nothing) {
        var sum = Money.sum(lines.stream().map(InvoiceLine::net).toList(), nothing.currency());
        return sum.isZero() ? List.of() : lines;
    }
}
