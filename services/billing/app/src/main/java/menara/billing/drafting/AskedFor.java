package menara.billing.drafting;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import menara.values.Money;

/**
 * The amounts that the invoices of one contract have asked for, month by month and line by line. An approval is decided over all of them,
 * so that two drafts with the same late usage cannot both be approved.
 *
 * @param invoices those that were not voided
 */
public record AskedFor(Map<InvoiceId, Asked> invoices) {

    public static final AskedFor NOTHING = new AskedFor(Map.of());

    public AskedFor {
        invoices = Map.copyOf(invoices);
    }

    /** A line of a month, the same on every invoice. */
    record Slot(YearMonth month, String key) {}

    /**
     * @param month month of the invoice
     * @param cancelled whether corrections took back all of it, so that its month can be invoiced anew
     * @param sums net amounts, corrections taken off and concessions not
     * @param conceded net amounts that concessions took off, by the month of their lines; positive
     */
    record Asked(YearMonth month, boolean cancelled, Map<Slot, Money> sums, Map<YearMonth, Money> conceded) {

        Asked plus(InvoiceContent content) {
            var more = new HashMap<>(sums);
            content.lines().forEach(line -> more.merge(new Slot(line.month(), line.key()), line.net(), Money::plus));
            return new Asked(month, cancelled, Map.copyOf(more), conceded);
        }

        Asked conceding(InvoiceContent note) {
            var more = new HashMap<>(conceded);
            note.lines().forEach(line -> more.merge(line.month(), line.net().negated(), Money::plus));
            return new Asked(month, cancelled, sums, Map.copyOf(more));
        }
    }

    /**
     * What a draft was computed from; the draft can be approved while this is unchanged.
     *
     * @param sums by month and line key, without what comes to nothing
     * @param standing months with an invoice that stands
     * @param conceded conceded amounts, by month
     */
    public record Basis(
            SortedMap<YearMonth, SortedMap<String, Money>> sums,
            SortedSet<YearMonth> standing,
            SortedMap<YearMonth, Money> conceded) {}

    public AskedFor approved(InvoiceId invoice, InvoiceContent content) {
        return with(invoice, new Asked(content.month(), false, Map.of(), Map.of()).plus(content));
    }

    public AskedFor noted(InvoiceId invoice, InvoiceContent note, NoteKind kind, boolean whole) {
        var asked = invoices.get(invoice);
        return asked == null
                ? this
                : switch (kind) {
                    case CONCESSION -> with(invoice, asked.conceding(note));
                    case CORRECTION -> {
                        var left = asked.plus(note);
                        yield with(invoice, new Asked(left.month(), whole, left.sums(), left.conceded()));
                    }
                };
    }

    private AskedFor with(InvoiceId invoice, Asked asked) {
        var all = new HashMap<>(invoices);
        all.put(invoice, asked);
        return new AskedFor(all);
    }

    public AskedFor without(InvoiceId invoice) {
        var all = new HashMap<>(invoices);
        all.remove(invoice);
        return new AskedFor(all);
    }

    /** Whether the month has an invoice that is neither void nor cancelled. */
    public boolean stands(YearMonth month) {
        return invoices.values().stream().anyMatch(asked -> asked.month().equals(month) && !asked.cancelled());
    }

    /** What all invoices together have asked for a month, by line key, without what comes to nothing. */
    public SortedMap<String, Money> in(YearMonth month) {
        var sums = new TreeMap<String, Money>();
        invoices.values()
                .forEach(asked -> asked.sums().forEach((slot, net) -> {
                    if (slot.month().equals(month)) {
                        sums.merge(slot.key(), net, Money::plus);
                    }
                }));
        sums.values().removeIf(Money::isZero);
        return sums;
    }

    /** What was conceded for a month. */
    Optional<Money> conceded(YearMonth month) {
        return letOff(month).filter(Money::isPositive);
    }

    /** Below zero where a negative line was given back: then other lines may be conceded more. */
    private Optional<Money> letOff(YearMonth month) {
        return invoices.values().stream()
                .flatMap(asked -> Optional.ofNullable(asked.conceded().get(month)).stream())
                .reduce(Money::plus);
    }

    /** What all documents of a month together still ask of the customer: the most that can be conceded. */
    public Money bearable(YearMonth month, Money nothing) {
        return Money.sum(in(month).values(), nothing.currency())
                .minus(letOff(month).orElse(nothing));
    }

    /**
     * What is to be asked for a month that comes to {@code accrued}. A conceded amount stays asked for even if the month turns out smaller
     * later; otherwise the customer would get it twice.
     */
    public Money due(YearMonth month, Money accrued) {
        return conceded(month).filter(letOff -> letOff.compareTo(accrued) > 0).orElse(accrued);
    }

    /** What a draft for {@code month} depends on if it looks back to {@code since}. */
    public Basis basis(YearMonth since, YearMonth month) {
        var sums = new TreeMap<YearMonth, SortedMap<String, Money>>();
        var standing = new TreeSet<YearMonth>();
        var conceded = new TreeMap<YearMonth, Money>();
        for (var one = since; !one.isAfter(month); one = one.plusMonths(1)) {
            sums.put(one, in(one));
            if (stands(one)) {
                standing.add(one);
            }
            var letOff = conceded(one);
            if (letOff.isPresent()) {
                conceded.put(one, letOff.get());
            }
        }
        return new Basis(sums, standing, conceded);
    }
}
