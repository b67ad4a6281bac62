/** Incidents from the first report to the corrected outage, and who may see them. */
@NullMarked
package menara.operations.incidents;

import org.jspecify.annotations.NullMarked;
