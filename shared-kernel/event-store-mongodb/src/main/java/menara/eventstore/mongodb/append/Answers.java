package menara.eventstore.mongodb.append;

import static org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException.conflictingEventsDetected;

import java.util.ArrayList;
import java.util.List;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.machine.Machine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/** Completes waiting transactions with their outcome. */
final class Answers {

    private final Machine machine;
    private final LogListener listener;

    Answers(Machine machine, LogListener listener) {
        this.machine = machine;
        this.listener = listener;
    }

    /** None of them is stored, or their outcome is unknown. */
    void fail(List<Pending> transactions, Throwable why) {
        give(transactions.stream()
                .map(pending -> new Answer(pending, () -> pending.done().completeExceptionally(why)))
                .toList());
    }

    /** The commit with these transactions, in this order, is stored. */
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
     * Completes each transaction on its own thread: its continuation may block, or append again, and must delay neither the next commit nor
     * other answers. A caller that writes inline does not have its future yet, so nothing continues from it.
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

    /** The transactions that they conflict with are stored. */
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
