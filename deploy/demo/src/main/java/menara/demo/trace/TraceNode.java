package menara.demo.trace;

/**
 * A machine of the trace.
 *
 * @param name serial number, unique in the trace
 * @param gpus GPUs it holds, at least 1
 * @param model GPU model as the trace names it
 */
public record TraceNode(String name, int gpus, String model) {}
