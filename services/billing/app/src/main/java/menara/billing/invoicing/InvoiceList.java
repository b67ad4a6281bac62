package menara.billing.invoicing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceFilter;
import menara.billing.drafting.InvoiceId;
import org.springframework.stereotype.Component;

/** Drafts and invoices as one list, in the order of their ids; only what a page shows is read. */
@Component
class InvoiceList {

    private final Drafts drafts;
    private final InvoiceReadModel invoices;

    InvoiceList(Drafts drafts, InvoiceReadModel invoices) {
        this.drafts = drafts;
        this.invoices = invoices;
    }

    /** The ids of the first {@code count} matches. */
    List<InvoiceId> first(InvoiceFilter filter, int count) {
        var decided = filter.invoices() ? invoices.first(filter, count) : List.<InvoiceId>of();
        var prepared = filter.drafts() ? drafts(filter, count) : List.<InvoiceId>of();
        return Stream.concat(decided.stream(), prepared.stream())
                .sorted(Comparator.comparing(InvoiceId::toString))
                .limit(count)
                .toList();
    }

    /** A draft that is approved but not deleted yet, because the approval was interrupted, is left out. */
    private List<InvoiceId> drafts(InvoiceFilter filter, int count) {
        var found = new ArrayList<InvoiceId>();
        var rest = filter;
        while (true) {
            var next = drafts.first(rest, count);
            var decided = invoices.decided(next);
            next.stream().filter(draft -> !decided.contains(draft)).forEach(found::add);
            if (next.size() < count || found.size() >= count) {
                return found;
            }
            rest = filter.after(next.getLast());
        }
    }
}
