package menara.eventstore.mongodb.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to a log of keys, and what it was told. */
final class Report {

    final int log;
    final SimulatedProcess process;
    final List<String> reports;
    private @Nullable List<KnownKeys.Verdict> verdicts;
    private boolean over;

    Report(int log, SimulatedProcess process, List<String> reports) {
        this.log = log;
        this.process = process;
        this.reports = reports;
    }

    void answered(List<KnownKeys.Verdict> told) {
        verdicts = told;
        over = true;
    }

    void failed() {
        over = true;
    }

    boolean isOver() {
        return over || !process.isAlive();
    }

    /** What it was told; empty if nobody knows what became of it. */
    List<KnownKeys.Verdict> verdicts() {
        return verdicts == null ? List.of() : verdicts;
    }
}
