package menara.billing.billruns;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.billing.drafting.InvoiceContent;
import menara.billing.fx.Rate;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The progress of each month's run. Everything a run depends on is stored when it begins, so that any instance can resume it. */
@Component
class BillRuns {

    private final MongoCollection<Document> runs;

    BillRuns(MongoDatabase database) {
        this.runs = database.getCollection("bill_runs");
    }

    /**
     * @param month calendar month in each contract's zone
     * @param attempt 1, 2, 3 …
     * @param asOf as-of time of the drafts
     * @param startedBy subject of the person who prepares the drafts
     * @param rates dirham for one unit, as they were when the run began
     * @param after id of the last contract done; empty at the beginning
     * @param done drafts made
     * @param lines lines of those drafts
     * @param hash SHA-256 over the hashes of the drafts made so far, each over the one before
     * @param finished whether every contract was done
     */
    record Run(
            YearMonth month,
            int attempt,
            Instant asOf,
            String startedBy,
            List<Rate> rates,
            String after,
            int done,
            int lines,
            String hash,
            boolean finished) {

        Optional<Rate> rate(Currency currency) {
            return rates.stream().filter(rate -> rate.base().equals(currency)).findFirst();
        }

        Run progressed(String last, int drafts, int moreLines, String newHash) {
            return new Run(
                    month, attempt, asOf, startedBy, rates, last, done + drafts, lines + moreLines, newHash, false);
        }

        Run end() {
            return new Run(month, attempt, asOf, startedBy, rates, after, done, lines, hash, true);
        }
    }

    /** Stores a run unless an unfinished one exists; returns the run to work on. */
    Run begin(Run run) {
        try {
            runs.insertOne(document(run));
            return run;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return find(run.month()).orElseThrow();
        }
    }

    /** Replaces a finished run. */
    boolean replace(Run finished, Run next) {
        return runs.replaceOne(
                                com.mongodb.client.model.Filters.and(
                                        eq("_id", finished.month().toString()), eq("attempt", finished.attempt())),
                                document(next))
                        .getModifiedCount()
                == 1;
    }

    void progress(Run run) {
        runs.updateOne(
                eq("_id", run.month().toString()),
                combine(
                        set("after", run.after()),
                        set("done", run.done()),
                        set("lines", run.lines()),
                        set("hash", run.hash()),
                        set("finished", run.finished())));
    }

    Optional<Run> find(YearMonth month) {
        return Optional.ofNullable(runs.find(eq("_id", month.toString())).first())
                .map(BillRuns::read);
    }

    private static Document document(Run run) {
        return new Document("_id", run.month().toString())
                .append("attempt", run.attempt())
                .append("asOf", run.asOf().toString())
                .append("startedBy", run.startedBy())
                .append(
                        "rates",
                        run.rates().stream()
                                .map(rate -> new Document(
                                                "currency", rate.base().getCurrencyCode())
                                        .append("value", rate.value().toPlainString())
                                        .append("source", rate.source())
                                        .append("date", rate.date().toString()))
                                .toList())
                .append("after", run.after())
                .append("done", run.done())
                .append("lines", run.lines())
                .append("hash", run.hash())
                .append("finished", run.finished());
    }

    private static Run read(Document document) {
        return new Run(
                YearMonth.parse(document.getString("_id")),
                document.getInteger("attempt"),
                Instant.parse(document.getString("asOf")),
                document.getString("startedBy"),
                document.getList("rates", Document.class).stream()
                        .map(rate -> new Rate(
                                Currency.getInstance(rate.getString("currency")),
                                InvoiceContent.DIRHAM,
                                new BigDecimal(rate.getString("value")),
                                rate.getString("source"),
                                LocalDate.parse(rate.getString("date"))))
                        .toList(),
                document.getString("after"),
                document.getInteger("done"),
                document.getInteger("lines"),
                document.getString("hash"),
                document.getBoolean("finished"));
    }
}
