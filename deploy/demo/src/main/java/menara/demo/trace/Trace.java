package menara.demo.trace;

import java.util.List;

/**
 * A cluster and what ran on it.
 *
 * @param name short name, stable for the same content: what is imported under it twice is the same thing
 * @param nodes in file order
 * @param jobs jobs that held GPUs, in file order
 * @param idleJobs rows that are fine but used no GPU time: never scheduled, or without GPUs
 * @param running names of jobs that have no deletion time yet: left out until the trace has one
 * @param broken rows left out
 */
public record Trace(
        String name,
        List<TraceNode> nodes,
        List<TraceJob> jobs,
        int idleJobs,
        List<String> running,
        List<BrokenRow> broken) {

    /** Last second at which something ran. */
    public long lastSecond() {
        return jobs.stream().mapToLong(TraceJob::deletedSecond).max().orElse(0);
    }
}
