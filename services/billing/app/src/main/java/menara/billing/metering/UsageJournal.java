package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * Takes a batch in so that a crash at any point loses nothing and counts nothing twice. Four steps, each a step that may be
 * repeated by anybody: write the batch down, claim its events, add its hours, cross it off. What is written down and not
 * crossed off is done again, at start and by the sweep.
 */
@Component
class UsageJournal {

    private final MongoCollection<Document> journal;
    private final UsageRegister register;
    private final MeteredHours hours;
    private final ChargesListener listener;
    private final Clock clock;

    UsageJournal(
            MongoDatabase database, UsageRegister register, MeteredHours hours, ChargesListener listener, Clock clock) {
        this.journal = database.getCollection("usage_journal");
        this.register = register;
        this.hours = hours;
        this.listener = listener;
        this.clock = clock;
    }

    /** Durable and counted when it returns. */
    List<UsageRegister.Verdict> take(UsageBatch batch) {
        write(batch);
        return complete(batch);
    }

    /** Completes what was written down before {@code limit} and not crossed off. Its size is what was under way at a crash. */
    int completeLeftOver(Instant limit) {
        var leftOver = journal.find().map(UsageBatch::of).into(new ArrayList<>()).stream()
                .filter(batch -> batch.receivedAt().isBefore(limit))
                .toList();
        leftOver.forEach(this::complete);
        return leftOver.size();
    }

    private List<UsageRegister.Verdict> complete(UsageBatch batch) {
        var verdicts = register.claim(batch);
        count(batch, verdicts);
        crossOff(batch);
        return verdicts;
    }

    void write(UsageBatch batch) {
        journal.insertOne(batch.toDocument());
    }

    void count(UsageBatch batch, List<UsageRegister.Verdict> verdicts) {
        var owned = IntStream.range(0, verdicts.size())
                .filter(i -> verdicts.get(i) == UsageRegister.Verdict.ACCEPTED)
                .mapToObj(batch.items()::get)
                .toList();
        var contributions = HourlyContribution.of(batch.id(), owned);
        // Known from now on, not from when it was received: nobody could see it while it lay in the journal.
        hours.add(contributions, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        contributions.stream().map(HourlyContribution::contract).distinct().forEach(listener::chargesChanged);
    }

    void crossOff(UsageBatch batch) {
        journal.deleteOne(eq("_id", batch.id().toString()));
    }
}
