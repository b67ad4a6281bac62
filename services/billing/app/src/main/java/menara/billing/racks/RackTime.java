package menara.billing.racks;

import menara.values.Period;

/**
 * A number of racks that a contract has, and pays, for a period.
 *
 * @param racks how many
 * @param period for how long
 */
public record RackTime(int racks, Period period) {}
