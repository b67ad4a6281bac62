package menara.billing.racks;

import menara.values.Period;

/**
 * Racks that one contract had for a time.
 *
 * @param racks how many
 * @param period for how long
 */
public record RackTime(int racks, Period period) {}
