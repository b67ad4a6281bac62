/** What must stand before capital is called: targets per phase, reached by what operations reports. */
@NullMarked
package menara.investment.milestones;

import org.jspecify.annotations.NullMarked;
