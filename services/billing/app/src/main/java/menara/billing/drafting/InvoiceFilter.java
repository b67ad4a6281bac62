package menara.billing.drafting;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import menara.values.ContractId;
import org.bson.conversions.Bson;

/**
 * Filters a list of drafts and invoices; an empty field filters nothing.
 *
 * @param tenants tenants whose drafts and invoices are listed
 * @param state their state
 * @param month calendar month that is invoiced
 * @param from first day: months that end before it are left out
 * @param until first day after: months that begin then or later are left out
 * @param after id of the last one of the page before
 */
public record InvoiceFilter(
        Optional<ContractId> contract,
        Optional<Set<String>> tenants,
        Optional<InvoiceState> state,
        Optional<YearMonth> month,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Optional<String> after) {

    public boolean drafts() {
        return state.map(one -> one == InvoiceState.DRAFT).orElse(true);
    }

    public boolean invoices() {
        return state.map(one -> one != InvoiceState.DRAFT).orElse(true);
    }

    public InvoiceFilter after(InvoiceId last) {
        return new InvoiceFilter(contract, tenants, state, month, from, until, Optional.of(last.toString()));
    }

    /** As drafts and invoices alike are stored; without the state, which an invoice's document does not hold by name. */
    public Bson conditions() {
        var filters = new ArrayList<Bson>();
        contract.ifPresent(id -> filters.add(eq("contract", id.toString())));
        tenants.ifPresent(names -> filters.add(in("tenant", names)));
        month.ifPresent(one -> filters.add(eq("month", text(one))));
        from.ifPresent(day -> filters.add(gte("month", text(YearMonth.from(day)))));
        until.ifPresent(day -> filters.add(
                day.getDayOfMonth() == 1
                        ? lt("month", text(YearMonth.from(day)))
                        : lte("month", text(YearMonth.from(day)))));
        after.ifPresent(last -> filters.add(gt("_id", last)));
        return filters.isEmpty() ? empty() : and(filters);
    }

    /** Months are compared as text, which works for years of four digits; one beyond them comes after all. */
    private static String text(YearMonth month) {
        return month.getYear() > 9999 ? "~" : month.toString();
    }
}
