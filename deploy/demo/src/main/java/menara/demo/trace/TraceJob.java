package menara.demo.trace;

/**
 * A job that ran on GPUs, from its scheduling to its deletion.
 *
 * @param name unique in the trace
 * @param milliGpus thousandths of a GPU it held all that time: number of GPUs × share of each
 * @param serviceClass quality-of-service class, {@code LS} or {@code BE}; empty if the trace has none
 * @param scheduledSecond seconds since the trace began
 * @param deletedSecond seconds since the trace began, after {@code scheduledSecond}
 */
public record TraceJob(String name, long milliGpus, String serviceClass, long scheduledSecond, long deletedSecond) {

    /** Exact use of the job. 3,600,000 milliGPU-seconds are one GPU-hour. */
    public long milliGpuSeconds() {
        return Math.multiplyExact(milliGpus, deletedSecond - scheduledSecond);
    }
}
