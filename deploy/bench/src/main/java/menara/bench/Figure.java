package menara.bench;

/**
 * One measured value.
 *
 * @param name stable name, to be compared over time
 * @param value in {@code unit}
 * @param unit {@code events/s}, {@code ms}, or {@code ratio} for a comparison within the run
 */
public record Figure(String name, double value, String unit) {}
