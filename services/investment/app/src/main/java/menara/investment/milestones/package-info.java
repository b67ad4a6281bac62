/** Milestones before a capital call: targets per phase, reached by the racks that operations reports. */
@NullMarked
package menara.investment.milestones;

import org.jspecify.annotations.NullMarked;
