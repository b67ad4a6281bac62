package menara.eventstore.mongodb.append;

import static org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException.conflictingEventsDetected;

import java.util.ArrayList;
import java.util.List;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/** Tells those who wait what became of their transactions. */
final class Answers {

    private final Machine machine;
    private final LogListener listener;

    Answers(Machine machine, LogListener listener) {
        this.machine = machine;
        this.listener = listener;
    }

    /** None of them is stored, or nobody knows. */
    void fail(List<Pending> transactions, Throwable why) {
        give(transactions.stream()
                .map(pending -> new Answer(pending, () -> pending.done().completeExceptionally(why)))
                .toList());
    }

    /** They travelled in the commit, in this order, and it is stored. */
    void acknowledge(List<Pending> transactions, Commit commit) {
        long next = commit.position();
        var answers = new ArrayList<Answer>(transactions.size());
        for (var pending : transactions) {
            next += pending.events().size();
            var marker = new GlobalIndexConsistencyMarker(next);
            answers.add(new Answer(pending, () -> pending.done().complete(marker)));
        }
        give(answers);
    }

    private record Answer(Pending pending, Runnable give) {}

    /**
     * Each transaction is answered on a thread of its own: what goes on from there may block, or append again, and must hold up
     * neither the next commit nor the other answers. A caller who writes itself has not got its future yet: nothing goes on from
     * there.
     */
    private void give(List<Answer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        if (answers.size() == 1 && answers.getFirst().pending().caller() == Thread.currentThread()) {
            answers.getFirst().give().run();
        } else {
            // Starting so many threads takes its time too, and the next commit need not wait for it.
            machine.run(() -> answers.forEach(answer -> machine.run(answer.give())));
        }
    }

    /** What conflicts with them is stored. */
    void reject(List<Pending> conflicting) {
        var answers = new ArrayList<Answer>(conflicting.size());
        for (var pending : conflicting) {
            var conflict = conflictingEventsDetected(pending.condition().consistencyMarker());
            answers.add(new Answer(pending, () -> pending.done().completeExceptionally(conflict)));
            listener.conflicted();
        }
        give(answers);
    }
}
